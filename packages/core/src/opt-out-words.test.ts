import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { courtesyWords, promotionWords, softPhrases, startWords, stopWords } from "./opt-out-words-data.ts";
import { mentionsOptOut, signalReader } from "./opt-out-words.ts";
import { ordinary } from "./testing/opt-out-words-ordinary.ts";

const { readText, readTap } = signalReader({ ownStopWords: [], ownSoftPhrases: [] });
const tap = (text: string, payload = text) => readTap({ text, payload });

const languages = Object.entries(stopWords).map(([language, { sure, typed }]) => ({
  language,
  words: [...sure, ...typed],
}));
const everyWord = languages.flatMap(({ words }) => words);

describe("stop words", () => {
  it("are known in 27 languages, each with what it says for advertisements alone and for a person to read", () => {
    expect(languages).toHaveLength(28);
    expect(everyWord.length).toBeGreaterThan(150);
    const named = Object.keys(stopWords).filter((language) => language !== "und");
    expect(Object.keys(promotionWords).toSorted()).toEqual([...named, "en"].toSorted());
    expect(Object.keys(softPhrases).toSorted()).toEqual([...named, "en"].toSorted());
  });

  it.each(languages)("of $language are all heard as a whole message", ({ words }) => {
    expect(words.filter((word) => readText(word)?.kind !== "stop")).toEqual([]);
  });

  it.each([
    "STOP",
    "Stop.",
    "stop!!!",
    " stop ",
    "stop\n",
    "ＳＴＯＰ",
    "ＳＴＯＰ。",
    "st\u200Bop",
    "\uFEFFstop",
    "\u202Estop\u202C",
    "sto\u00ADp",
    "s\u20DDt\u20DDo\u20DDp",
    "ARRÊT",
    "ARRET",
    "Arrêt svp",
    "arrêt 🙏",
    "🛑 STOP",
    "stop 🛑",
    "«stop»",
    '"stop"',
    "STOP-PUB",
    "Stop please",
    "please, stop now",
    "STOP merci",
    "Désabonner",
    "Cancel",
    "End",
    "REMOVE",
    "opt-out",
    "Rezygnuję",
    "İPTAL",
    "RET",
    "TD",
    "Peru.",
    "DỪNG",
    "ОТПИСАТЬСЯ",
    "ΔΙΑΚΟΠΗ",
    "退订",
    "请停止",
    "停止してください",
    "إلغاء الاشتراك",
    "تَوَقَّف",
    "Baja por favor",
    "s'il vous plaît arrêtez",
    "수신거부",
    "बंद करो",
    "หยุดครับ",
  ])("are heard in %j", (text) => {
    expect(readText(text)).toMatchObject({ kind: "stop", scope: "begun_by_us" });
  });

  it("tell whose word it is, unless people use it everywhere", () => {
    const languagesOf = (text: string) => {
      const signal = readText(text);
      return signal?.kind === "stop" ? signal.languages : null;
    };
    expect(languagesOf("STOP")).toEqual([]);
    expect(languagesOf("désabonner")).toEqual(["fr"]);
    expect(languagesOf("إلغاء الاشتراك")).toEqual(["ar"]);
    expect(languagesOf("berhenti")).toEqual(["id", "ms"]);
    expect(languagesOf("СТОП")).toEqual(["ru", "uk"]);
    expect(languagesOf("停止")).toEqual(["zh", "ja"]);
  });

  it("end only advertisements where only those are named", () => {
    for (const [language, phrases] of Object.entries(promotionWords)) {
      for (const phrase of phrases) {
        expect(readText(phrase), `${language}: ${phrase}`).toMatchObject({ kind: "stop", scope: "marketing" });
        expect(tap(phrase), phrase).toMatchObject({ kind: "stop", scope: "marketing" });
      }
    }
  });
});

describe("ordinary messages", () => {
  const sentences = Object.entries(ordinary).map(([language, text]) => ({
    language,
    texts: text
      .split(/[|\n]/u)
      .map((line) => line.trim())
      .filter((line) => line !== ""),
  }));

  it("are at least ten for every language, each with a stop word of it inside", () => {
    expect(sentences.map(({ language }) => language).toSorted()).toEqual(Object.keys(stopWords).toSorted());
    const plain = (text: string) =>
      text
        .normalize("NFD")
        .replaceAll(/[\u{300}-\u{36F}]/gu, "")
        .toLowerCase();
    const folded = ({ language, texts }: (typeof sentences)[number]) => {
      const words = languages.find((entry) => entry.language === language)?.words.map(plain) ?? [];
      return texts.filter((text) => words.some((word) => plain(text).includes(word))).length;
    };
    expect(sentences.filter((entry) => folded(entry) < 10).map(({ language }) => language)).toEqual([]);
  });

  it.each(sentences)("of $language say nothing about stopping", ({ texts }) => {
    expect(texts.filter((text) => readText(text) !== null)).toEqual([]);
  });

  it.each([...courtesyWords, "please now", "pub sms", "", "🙏", "👍🏽", "OK", "1", "stop 5", "end sms list", "stop?no"])(
    "%j is not a stop",
    (text) => {
      expect(readText(text)).toBeNull();
    },
  );
});

describe("words in disguise", () => {
  const invisible = fc.constantFrom("\u200B", "\u200D", "\u00AD", "\u2060", "\uFE0F", "\uFEFF", "\u034F", "\u{E0020}");
  const accent = fc.constantFrom("\u0300", "\u0301", "\u0302", "\u0308", "\u030C", "\u0327", "\u0331");
  const around = fc.constantFrom("", " ", "!", "...", "🛑", "🙏🏽", "«", "“", "。", "¿", "\n", "- ", "❤️");
  const letters = fc.constantFrom(
    (text: string) => text.toUpperCase(),
    (text: string) => text.toLowerCase(),
    (text: string) => text.normalize("NFD"),
    (text: string) => text.replaceAll(/[!-~]/gu, (sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) + 0xfee0)),
  );
  const courtesies = fc.constantFrom("", ...courtesyWords);
  const latin = everyWord.filter((word) => /^[a-z ]+$/u.test(word));

  it("are heard whatever the case, width, invisible characters and signs around them", () => {
    const word = fc.constantFrom(...everyWord);
    const disguise = fc.record({ word, letters, at: fc.nat(40), hidden: invisible, before: around, after: around });
    fc.assert(
      fc.property(disguise, ({ word: plain, letters: change, at, hidden, before, after }) => {
        const changed = Array.from(change(plain));
        const place = at % (changed.length + 1);
        const text = [...changed.slice(0, place), hidden, ...changed.slice(place)].join("");
        expect(readText(before + text + after)?.kind).toBe("stop");
      }),
      { numRuns: 4_000 },
    );
  });

  it("are heard whatever the accents on their letters", () => {
    fc.assert(
      fc.property(fc.constantFrom(...latin), fc.nat(40), accent, (word, at, mark) => {
        const place = 1 + (at % word.length);
        expect(readText(word.slice(0, place) + mark + word.slice(place))?.kind).toBe("stop");
      }),
      { numRuns: 2_000 },
    );
  });

  it("are heard with any courtesy before and after", () => {
    fc.assert(
      fc.property(fc.constantFrom(...everyWord), courtesies, courtesies, (word, before, after) => {
        expect(readText(`${before} ${word}, ${after}`.trim())?.kind).toBe("stop");
      }),
      { numRuns: 6_000 },
    );
  });

  it("are not heard with any other word beside them", () => {
    const other = fc.constantFrom("table", "lundi", "mañana", "xyz", "заказ", "παραγγελια", "طلب");
    fc.assert(
      fc.property(fc.constantFrom(...everyWord), other, fc.boolean(), (word, beside, first) => {
        expect(readText(first ? `${beside} ${word}` : `${word} ${beside}`)?.kind).not.toBe("stop");
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("buttons", () => {
  it.each([
    ["Stop", "STOP"],
    ["No thanks", "OPT_OUT"],
    ["Se désabonner", "unsubscribe"],
    ["Stop promotions", "Stop promotions"],
    ["Se désinscrire", "marketing-opt-out"],
  ])("with the label %j and the payload %j mean stop", (text, payload) => {
    expect(tap(text, payload)).toMatchObject({ kind: "stop" });
  });

  it("that name what stands above them do not", () => {
    for (const text of ["Cancel", "Annuler", "Cancelar", "Remove", "İptal", "取消", "OK", "Stop 3"]) {
      expect(tap(text, "appointment-12"), text).toBeNull();
    }
  });
});

describe("other words", () => {
  it.each([...startWords, "START", "Start please", "M’abonner"])("%j asks for messages again", (text) => {
    expect(readText(text)).toEqual({ kind: "start" });
  });

  it("never take a doubtful yes for a consent", () => {
    expect(readText("yes stop")).toMatchObject({ kind: "stop" });
    expect(readText("how do I start?")).toBeNull();
  });

  it("are read by a person anywhere in a message", () => {
    for (const phrase of Object.values(softPhrases).flat()) {
      expect(readText(`🙂 ${phrase.toUpperCase()}, 123`), phrase).toMatchObject({ kind: "soft" });
    }
    for (const text of [
      "Laissez-moi tranquille !",
      "je vais porter plainte à la CNIL",
      "请不要再发了",
      "변호사입니다",
    ]) {
      expect(readText(text), text).toMatchObject({ kind: "soft" });
    }
  });

  it.each(["Spamalot tickets", "the lawyers' ball", "reporteds", "dsgvoll", "спамить"])(
    "are not found inside longer ones: %j",
    (text) => {
      expect(readText(text)).toBeNull();
    },
  );

  it("may be the firm's own", () => {
    const own = signalReader({ ownStopWords: ["Genug!", ""], ownSoftPhrases: ["wie gehabt", " "] });
    expect(own.readText("GENUG bitte")).toEqual({ kind: "stop", scope: "begun_by_us", languages: [] });
    expect(own.readTap({ text: "genug", payload: "x" })).toMatchObject({ kind: "stop" });
    expect(own.readText("Also wie gehabt?")).toEqual({ kind: "soft", phrase: "wie gehabt" });
    expect([own.readText("genug Zeit"), own.readText(""), readText("genug")]).toEqual([null, null, null]);
  });
});

describe("reading", () => {
  it.each([
    ["marks that take turns", "\u0316\u0301".repeat(2_048)],
    ["signs that stand for many letters", "\uFDFA".repeat(4_096)],
    ["courtesy without end", "please ".repeat(585)],
    ["stop words without end", "stop ".repeat(819)],
    ["spaces without end", `${" ".repeat(4_095)}x`],
    ["a megabyte", "je ne ".repeat(170_000)],
  ])("takes no time for %s", (_, text) => {
    const took = Array.from({ length: 8 }, () => {
      const start = Date.now();
      expect(readText(text)).toBeNull();
      return Date.now() - start;
    });
    // The machine may be busy with something else for some of the times.
    expect(Math.min(...took)).toBeLessThan(500);
  });
});

describe("mentionsOptOut", () => {
  it.each([
    "Reply STOP to opt out",
    "Not interested? Tap “Stop promotions”",
    "Répondez STOP",
    "回复TD或退订",
    "수신거부하려면 답장",
  ])("finds how to stop in %j", (text) => {
    expect(mentionsOptOut(text)).toBe(true);
  });

  it.each(["At the end of May", "Remove the cover", "Cancel any time", "Our pub is open"])(
    "finds nothing in %j",
    (text) => {
      expect(mentionsOptOut(text)).toBe(false);
    },
  );
});
