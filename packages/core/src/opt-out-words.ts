/**
 * Words that mean "stop writing to me" when they are the whole message, by language. Widely used carrier keywords and
 * their translations; a language is added together with examples in the test beside this file.
 */
const stopWords: Readonly<Record<string, readonly string[]>> = {
  any: [
    "stop",
    "stop all",
    "stopall",
    "unsubscribe",
    "cancel",
    "end",
    "quit",
    "revoke",
    "opt out",
    "optout",
    "remove me",
  ],
  fr: [
    "arret",
    "arreter",
    "arretez",
    "stop pub",
    "stoppub",
    "desabonner",
    "desabonnement",
    "desinscrire",
    "plus de messages",
  ],
  es: ["baja", "alto", "parar", "pare", "cancelar", "no mas", "darme de baja", "dar de baja"],
  pt: ["sair", "descadastrar", "remover", "nao quero mais"],
  it: ["ferma", "basta", "cancellami", "disiscrivimi", "annulla iscrizione"],
  de: ["stopp", "abmelden", "abbestellen", "austragen", "keine nachrichten", "keine werbung"],
  nl: ["stoppen", "afmelden", "uitschrijven", "geen berichten"],
  pl: ["rezygnuje", "wypisz", "wypisz mnie", "zatrzymaj"],
  ro: ["dezabonare", "dezaboneaza"],
  sv: ["avsluta", "avregistrera"],
  da: ["afmeld", "frameld"],
  fi: ["lopeta", "peru"],
  cs: ["odhlasit", "zrusit"],
  hu: ["leiratkozas", "leiratkozom"],
  el: ["διακοπη", "διαγραφη"],
  tr: ["dur", "iptal", "durdur"],
  ru: ["стоп", "отписаться", "отписка"],
  uk: ["відписатися", "скасувати"],
  ar: ["توقف", "ايقاف", "إيقاف", "الغاء", "إلغاء", "الغاء الاشتراك", "إلغاء الاشتراك"],
  he: ["הסר", "הסירו", "הפסק"],
  hi: ["बंद", "बंद करो", "रोको"],
  id: ["berhenti"],
  th: ["หยุด", "ยกเลิก"],
  zh: ["停止", "退订", "退訂", "取消订阅", "取消訂閱"],
  ja: ["停止", "配信停止", "退会"],
  ko: ["중지", "수신거부"],
};

/** Courtesy around the word does not change its meaning: "Stop please", "Arrêt svp". */
const courtesy = new Set(
  "please pls plz now thanks thx merci svp stp bitte danke gracias grazie obrigado sms pub".split(" "),
);
const courtesyPhrases = ["por favor", "per favore", "thank you", "s il vous plait", "s il te plait"];

const known = new Set(Object.values(stopWords).flat().map(normalise));

/**
 * True when the whole message asks to stop. Never a match on a part: "stop by at 5 pm" is an invitation. Full-width
 * letters, accents, invisible characters, punctuation and emoji do not hide the word.
 */
export function isOptOut(text: string): boolean {
  if (text.length > 100) return false;
  const words = normalise(text);
  return known.has(words) || known.has(withoutCourtesy(words));
}

/** Shorter words mean something else inside a sentence ("at the end of May"). */
const shortestMention = 4;
const mentions = [...known].filter((word) => word.length >= shortestMention);

/** True when a text tells how to stop: "Reply STOP to opt out", "Tap “Unsubscribe”". */
export function mentionsOptOut(text: string): boolean {
  const words = ` ${normalise(text)} `;
  return mentions.some((word) => words.includes(` ${word} `));
}

function normalise(text: string): string {
  return text
    .normalize("NFKC")
    .replaceAll(/[\p{Cf}\u{FE00}-\u{FE0F}]/gu, "")
    .toLowerCase()
    .normalize("NFD")
    .replaceAll(/[\u{300}-\u{36F}]/gu, "")
    .normalize("NFC")
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, " ")
    .trim();
}

function withoutCourtesy(words: string): string {
  let rest = words;
  for (const phrase of courtesyPhrases) rest = rest.replace(phrase, " ");
  return rest
    .split(" ")
    .filter((word) => word !== "" && !courtesy.has(word))
    .join(" ");
}
