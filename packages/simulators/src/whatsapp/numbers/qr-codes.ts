import type { QrCode, QrFormat } from "./setup.ts";
import { randomInt } from "node:crypto";
import { z } from "zod";
import { pageOf } from "../graph/listing.ts";
import { parseParam } from "../graph/params.ts";
import { Refusal, refuseObject, refuseParameter } from "../graph/refusal.ts";
import type { Call } from "../graph/route.ts";
import { publish } from "../media/public-files.ts";
import type { Sim } from "../sim.ts";
import type { BusinessNumber } from "../state.ts";
import { drawQr } from "./qr-image.ts";

const MOST_CODES = 2000;
const CODE_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const CODE_LENGTH = 14;
const LISTED = ["code", "prefilled_message", "deep_link_url"];

const writeSchema = z.looseObject({
  code: z.string().min(1).optional(),
  prefilled_message: z.string().min(1).max(140),
  generate_qr_image: z
    .string()
    .toUpperCase()
    .pipe(z.enum(["SVG", "PNG"]))
    .optional(),
});

/** `GET /{PNID}/message_qrdls`: all of them, newest first, or the one of a `code`. */
export function listQrCodes(sim: Sim, call: Call, number: BusinessNumber): Refusal | object {
  const { code } = call.params;
  const all = [...number.qrCodes.values()].toReversed();
  const found = typeof code === "string" && code !== "" ? all.filter((one) => one.code === code) : all;
  const page = pageOf(
    call,
    found.map((one) => nodeOf(sim, call, one)),
    LISTED,
  );
  return page instanceof Refusal ? page : withoutIds(page);
}

/** `POST /{PNID}/message_qrdls`: makes a code, or changes the message of one that is named. At most 2,000 a number. */
export function writeQrCode(sim: Sim, call: Call, number: BusinessNumber): Refusal | object {
  const request = parseParam(writeSchema, call.params, "");
  if (request instanceof Refusal) return request;
  const known = request.code === undefined ? undefined : number.qrCodes.get(request.code);
  if (request.code !== undefined && known === undefined) return refuseObject(request.code, "POST");
  if (known === undefined && number.qrCodes.size >= MOST_CODES) {
    return refuseParameter(`A phone number has at most ${MOST_CODES} QR codes.`);
  }
  const code = known ?? { code: newCode(), prefilledMessage: "", createdAt: sim.clock.now(), pictures: new Map() };
  code.prefilledMessage = request.prefilled_message;
  number.qrCodes.set(code.code, code);
  sim.ledger.record("qr_code_written", { phone_number_id: number.id, code: code.code });
  return answerOf(sim, code, request.generate_qr_image);
}

/** `GET /{PNID}/message_qrdls/{CODE}`: a list of one. */
export function readQrCode(sim: Sim, call: Call, number: BusinessNumber): Refusal | object {
  const code = number.qrCodes.get(call.item ?? "");
  if (code === undefined) return refuseObject(call.item ?? "", "GET");
  const page = pageOf(call, [nodeOf(sim, call, code)], LISTED);
  if (page instanceof Refusal) return page;
  const { data } = withoutIds(page);
  return { ...answerOf(sim, code), data };
}

/** `POST /{PNID}/message_qrdls/{CODE}`: changes the message. */
export function rewriteQrCode(sim: Sim, call: Call, number: BusinessNumber): Refusal | object {
  return writeQrCode(sim, { ...call, params: { ...call.params, code: call.item } }, number);
}

/** `DELETE /{PNID}/message_qrdls/{CODE}`: the link no longer opens a chat. */
export function deleteQrCode(sim: Sim, call: Call, number: BusinessNumber): Refusal | object {
  const code = call.item ?? "";
  if (!number.qrCodes.delete(code)) return refuseObject(code, "DELETE");
  sim.ledger.record("qr_code_deleted", { phone_number_id: number.id, code });
  return { success: true };
}

function answerOf(sim: Sim, code: QrCode, format?: QrFormat): object {
  return {
    code: code.code,
    prefilled_message: code.prefilledMessage,
    deep_link_url: linkOf(code),
    ...(format === undefined ? {} : { qr_image_url: pictureOf(sim, code, format) }),
  };
}

/** `qr_image_url.format(SVG)` is a field that takes a format; the picture is made when it is asked for. */
function nodeOf(sim: Sim, { params }: Call, code: QrCode): Record<string, unknown> {
  const wanted = /qr_image_url(?:\.format\((\w+)\))?/u.exec(typeof params.fields === "string" ? params.fields : "");
  const format = wanted?.[1]?.toUpperCase() === "PNG" ? "PNG" : "SVG";
  return {
    id: code.code,
    code: code.code,
    prefilled_message: code.prefilledMessage,
    deep_link_url: linkOf(code),
    creation_time: Math.floor(code.createdAt / 1000),
    qr_image_url: wanted === null ? undefined : pictureOf(sim, code, format),
  };
}

/** QR codes have a code in place of an id. */
function withoutIds(page: object): { data: object[] } {
  const { data = [], ...rest } = page as { data?: Record<string, unknown>[] };
  return { ...rest, data: data.map(({ id: _id, ...code }) => code) };
}

function pictureOf(sim: Sim, code: QrCode, format: QrFormat): string {
  const link = code.pictures.get(format) ?? publish(sim, drawQr(linkOf(code), format));
  code.pictures.set(format, link);
  return link;
}

function linkOf({ code }: QrCode): string {
  return `https://wa.me/message/${code}`;
}

function newCode(): string {
  return Array.from({ length: CODE_LENGTH }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join("");
}
