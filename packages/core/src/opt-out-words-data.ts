/**
 * What people write when they want no more messages, and what they write when they want them again. Spelled without
 * accents where people leave them out; both sides are folded alike before they are compared (see `readSignal`).
 */
export type StopWords = {
  /** Mean only this, typed, on a button or in a text of ours. */
  readonly sure: readonly string[];
  /** Mean this when somebody types nothing else. On a button of ours they stand for what we wrote above it. */
  readonly typed: readonly string[];
};

/** Stop words by language (BCP 47); those under "und" belong to none: people everywhere use them. */
export const stopWords: Readonly<Record<string, StopWords>> = {
  und: {
    sure: list(
      "stop | stop all | stopall | unsubscribe | unsubscribe me | opt out | optout | remove me | revoke | yes stop",
    ),
    typed: list("cancel | end | quit | remove"),
  },
  fr: {
    sure: list(`
      arret | arreter | arretez | stop pub | stoppub | desabonner | desabonnez moi | desabonnement | me desabonner
      desinscrire | desinscrivez moi | desinscription | me desinscrire | plus de message | plus de messages | ne plus recevoir`),
    typed: [],
  },
  es: {
    sure: list(
      "baja | darme de baja | dar de baja | desuscribir | desuscribirme | no mas | no mas mensajes | parar | pare",
    ),
    typed: list("alto | cancelar"),
  },
  pt: {
    sure: list("parar | pare | descadastrar | descadastre me | nao quero mais | nao quero mais mensagens"),
    typed: list("sair | cancelar | remover"),
  },
  it: {
    sure: list(
      "ferma | fermati | basta | basta messaggi | cancellami | disiscrivimi | disiscrizione | annulla iscrizione",
    ),
    typed: list("cancella | rimuovi"),
  },
  de: {
    sure: list(
      "stopp | abmelden | abbestellen | austragen | keine nachrichten | keine nachrichten mehr | keine werbung",
    ),
    typed: [],
  },
  nl: { sure: list("stoppen | afmelden | uitschrijven | geen berichten | geen berichten meer"), typed: [] },
  pl: { sure: list("rezygnuje | wypisz | wypisz mnie | wypisuje sie"), typed: list("zatrzymaj | koniec") },
  ro: { sure: list("dezabonare | dezaboneaza | dezabonati ma"), typed: list("opreste") },
  sv: { sure: list("stopp | avregistrera | inga fler meddelanden"), typed: list("avsluta") },
  da: { sure: list("stop | afmeld | afmeld mig | frameld | frameld mig"), typed: [] },
  fi: { sure: list("lopeta | ei enaa viesteja"), typed: list("peru | poistu") },
  cs: { sure: list("odhlasit | odhlaste me"), typed: list("zrusit") },
  hu: { sure: list("leiratkozas | leiratkozom"), typed: [] },
  el: { sure: list("διακοπη | σταματα | σταματηστε"), typed: list("διαγραφη") },
  tr: { sure: list("dur | durdur | ret | mesaj istemiyorum"), typed: list("iptal") },
  ru: { sure: list("стоп | отписаться | отписка | отпишите меня | хватит"), typed: list("отмена") },
  uk: { sure: list("стоп | відписатися | відписка | відпишіть мене"), typed: list("скасувати") },
  ar: {
    sure: list("توقف | ايقاف | إيقاف | الغاء الاشتراك | إلغاء الاشتراك | اوقفوا الرسائل"),
    typed: list("الغاء | إلغاء"),
  },
  he: { sure: list("הסר | הסירו | הסירו אותי | הפסק | הפסיקו | עצור"), typed: [] },
  hi: { sure: list("बंद | बंद करो | बंद करें | रोकें | रोको"), typed: [] },
  id: { sure: list("berhenti | stop | berhenti berlangganan"), typed: list("batal") },
  ms: { sure: list("berhenti | henti | henti langganan"), typed: [] },
  th: { sure: list("หยุด | หยุดส่ง | หยุดส่งข้อความ"), typed: list("ยกเลิก") },
  vi: { sure: list("dung | ngung | ngung gui tin"), typed: list("huy") },
  zh: { sure: list("停止 | 退订 | 退訂 | 取消订阅 | 取消訂閱 | td"), typed: list("取消") },
  ja: { sure: list("停止 | 配信停止 | 退会"), typed: list("解除") },
  ko: { sure: list("중지 | 수신거부 | 수신 거부 | 그만"), typed: list("해지") },
};

/**
 * Ends advertisements and nothing else: the quick reply that Meta offers for marketing templates ("Stop promotions"), as it and
 * its users translate it.
 */
export const promotionWords: Readonly<Record<string, readonly string[]>> = {
  en: list(
    "stop promotions | stop promotion | stop promos | stop marketing | stop ads | no more promotions | marketing opt out",
  ),
  fr: list(
    "arreter les promotions | arretez les promotions | arreter les promos | stop promotions | stop promos | plus de promotions",
  ),
  es: list(
    "detener promociones | detener las promociones | parar promociones | cancelar promociones | no mas promociones",
  ),
  pt: list("parar promocoes | parar as promocoes | interromper promocoes | cancelar promocoes | chega de promocoes"),
  it: list(
    "interrompi promozioni | interrompi le promozioni | ferma promozioni | ferma le promozioni | stop promozioni",
  ),
  de: list("werbung stoppen | werbeaktionen stoppen | werbeaktionen beenden | angebote stoppen | keine angebote"),
  nl: list("promoties stoppen | stop promoties | aanbiedingen stoppen | reclame stoppen | stop reclame"),
  pl: list("zatrzymaj promocje | wylacz promocje | koniec promocji"),
  ro: list("opreste promotiile | opriti promotiile | fara promotii"),
  sv: list("stoppa kampanjer | stoppa erbjudanden | stoppa reklam | sluta med reklam"),
  da: list("stop kampagner | stop reklamer | stop tilbud"),
  fi: list("lopeta mainokset | lopeta tarjoukset | lopeta kampanjat"),
  cs: list("zastavit propagace | zastavit reklamu | ukoncit propagacni akce | konec reklam"),
  hu: list("promociok leallitasa | reklam leallitasa | allitsa le a promociokat"),
  el: list("διακοπη προωθητικων | διακοπη προσφορων | διακοπη διαφημισεων"),
  tr: list("promosyonlari durdur | promosyonlari iptal et | reklamlari durdur"),
  ru: list("остановить рекламу | остановить рекламные акции | отключить рекламу | без рекламы"),
  uk: list("зупинити рекламу | зупинити акції | вимкнути рекламу | без реклами"),
  ar: list("ايقاف العروض | ايقاف العروض الترويجية | إيقاف العروض الترويجية | ايقاف الاعلانات"),
  he: list("הפסקת מבצעים | הפסק מבצעים | הפסק פרסומות | הסר מבצעים"),
  hi: list("प्रमोशन बंद करें | प्रचार बंद करें | ऑफ़र बंद करें | विज्ञापन बंद करें"),
  id: list("hentikan promosi | stop promosi | berhenti promosi"),
  ms: list("hentikan promosi | henti promosi"),
  th: list("หยุดโปรโมชั่น | หยุดโปรโมชัน | หยุดโฆษณา"),
  vi: list("dung khuyen mai | ngung khuyen mai | dung quang cao"),
  zh: list("停止促销 | 停止促銷 | 停止推广 | 停止推廣 | 停止广告 | 停止廣告"),
  ja: list("プロモーションを停止 | プロモーション停止 | 広告を停止 | 宣伝を停止"),
  ko: list("프로모션 중지 | 홍보 중지 | 광고 중지 | 광고 수신거부"),
};

/** Words that ask for messages again. They count only for somebody whom we told so. */
export const startWords: readonly string[] = list(
  "start | unstop | subscribe | reprendre | reabonner | me reabonner | m'abonner",
);

/** Courtesy, and what is stopped: around a stop word they change nothing, alone they say nothing. */
export const courtesyWords: readonly string[] = list(`
  please | pls | plz | thanks | thank you | thx | now | sms | pub | svp | stp | s'il vous plait | s'il te plait | merci
  por favor | gracias | obrigado | obrigada | per favore | grazie | bitte | danke | alstublieft | alsjeblieft | aub | dank u
  bedankt | prosze | dziekuje | va rog | multumesc | tack | snalla | tak | venligst | kiitos | prosim | dekuji | kerem
  koszonom | παρακαλω | ευχαριστω | lutfen | tesekkurler | пожалуйста | спасибо | будь ласка | дякую | من فضلك | لو سمحت
  شكرا | בבקשה | תודה | कृपया | धन्यवाद | tolong | mohon | terima kasih | sila | ขอบคุณ | กรุณา | ครับ | ค่ะ | xin | vui long
  lam on | cam on | 请 | 請 | 谢谢 | 謝謝 | お願いします | してください | ください | 부탁합니다 | 주세요 | 해주세요 | 감사합니다`);

/**
 * Words inside a longer message that may well mean "no more", or that this is about to become a complaint. A person reads such a
 * message; until then marketing rests. By language only for whoever reads this list: all are looked for in every message.
 */
export const softPhrases: Readonly<Record<string, readonly string[]>> = {
  en: list(`
    leave me alone | who is this | how did you get my number | where did you get my number | stop messaging me | stop texting me
    stop sending me | stop contacting me | do not contact me | don't contact me | do not message me | don't message me
    no more messages | spam | spammer | spammers | spamming | reported | lawyer | gdpr | take me off | remove my number`),
  fr: list(`
    arretez de me contacter | arretez de m'ecrire | arretez de m'envoyer | ne me contactez plus | ne m'ecrivez plus
    ne m'envoyez plus | laissez moi tranquille | fichez moi la paix | je porte plainte | porter plainte | rgpd | cnil | avocat
    qui etes vous | comment avez vous eu mon numero | supprimez mon numero | signal conso | harcelement`),
  es: list(`
    denuncia | denunciar | dejen de escribirme | deje de escribirme | dejame en paz | dejenme en paz | no me escriban mas
    no me contacten | quien eres | quien es usted | de donde sacaron mi numero | proteccion de datos | abogado | acoso`),
  pt: list(`
    parem de me mandar | parem de enviar | me deixem em paz | me deixe em paz | nao me mandem mais | quem e voce | quem fala
    como conseguiu meu numero | lgpd | procon | advogado | vou denunciar`),
  it: list(`
    smettetela di scrivermi | non scrivetemi piu | non contattatemi piu | lasciatemi in pace | lasciami in pace | chi sei | chi e lei
    come avete avuto il mio numero | garante della privacy | avvocato | vi denuncio`),
  de: list(`
    lasst mich in ruhe | lassen sie mich in ruhe | schreiben sie mir nicht mehr | keine nachrichten mehr schicken
    horen sie auf mir zu schreiben | wer sind sie | wer ist das | woher haben sie meine nummer | dsgvo | datenschutz
    datenschutzbeauftragter | anwalt | rechtsanwalt | anzeige erstatten | abmahnung`),
  nl: list(`
    laat me met rust | stuur me geen berichten meer | stop met sturen | wie is dit | hoe komt u aan mijn nummer
    avg verzoek | autoriteit persoonsgegevens | advocaat | klacht indienen`),
  pl: list(`
    dajcie mi spokoj | prosze nie pisac | nie piszcie do mnie | kto to jest | skad macie moj numer | rodo | uodo | adwokat
    zglosze to`),
  ro: list(
    "lasati ma in pace | nu mi mai scrieti | cine esti | de unde aveti numarul meu | avocat | reclamatie la anpc",
  ),
  sv: list(
    "lamna mig ifred | sluta skriva till mig | skicka inte fler | vem ar det har | hur fick ni mitt nummer | advokat",
  ),
  da: list(
    "lad mig vaere i fred | lad mig være i fred | stop med at skrive | hvem er det | hvor har i mit nummer fra | advokat",
  ),
  fi: list("jattakaa minut rauhaan | alkaa lahettako | kuka siella | mista saitte numeroni | tietosuoja | asianajaja"),
  cs: list("nechte me byt | nepiste mi | neposilejte mi | kdo jste | odkud mate moje cislo | pravnik | advokat | uoou"),
  hu: list(
    "hagyjanak beken | ne irjanak tobbet | ne kuldjenek tobb | ki maga | honnan van meg a szamom | ugyved | panaszt teszek",
  ),
  el: list(
    "αφηστε με ησυχο | αφηστε με ησυχη | μη μου ξαναστειλετε | ποιος ειναι | που βρηκατε τον αριθμο μου | δικηγορος | καταγγελια",
  ),
  tr: list(
    "beni rahat birakin | bana yazmayin | mesaj atmayin | kimsiniz | numarami nereden buldunuz | kvkk | avukat | sikayet edecegim",
  ),
  ru: list(`
    оставьте меня в покое | не пишите мне | больше не пишите | кто это | откуда у вас мой номер | спам | спамеры | адвокат
    подам жалобу | персональных данных`),
  uk: list(`
    дайте мені спокій | не пишіть мені | більше не пишіть | хто це | звідки у вас мій номер | спам | адвокат | подам скаргу
    персональних даних`),
  ar: list(
    "اتركوني وشاني | لا تراسلوني | لا ترسلوا لي | من انتم | من انت | من اين حصلتم على رقمي | ازعاج | محامي | شكوى",
  ),
  he: list(
    "עזבו אותי | תעזבו אותי | אל תכתבו לי | די לשלוח | מי זה | מאיפה יש לכם את המספר שלי | ספאם | חוק הספאם | עורך דין",
  ),
  hi: list(
    "मुझे परेशान मत करो | मुझे परेशान न करें | मैसेज मत करो | मैसेज मत भेजो | आप कौन हैं | मेरा नंबर कहाँ से मिला | स्पैम | वकील | शिकायत करूंगा",
  ),
  id: list(
    "jangan ganggu saya | jangan kirim lagi | jangan hubungi saya | ini siapa | siapa ini | dapat nomor saya dari mana | pengacara | saya laporkan",
  ),
  ms: list(
    "jangan ganggu saya | jangan hantar lagi | jangan hubungi saya | siapa ni | siapa ini | mana dapat nombor saya | peguam | pdpa",
  ),
  th: list("อย่าส่งมาอีก | อย่าส่งข้อความมาอีก | เลิกส่ง | อย่ามายุ่ง | นี่ใคร | เอาเบอร์มาจากไหน | สแปม | ทนายความ | แจ้งความ"),
  vi: list(
    "đừng làm phiền | đừng nhắn tin nữa | đừng gửi nữa | dung lam phien | dung nhan tin nua | dung gui nua | ai đấy | ai vậy | ai day | sao co so cua toi | tin rac | luat su | toi se kien",
  ),
  zh: list(
    "别再发 | 不要再发 | 別再發 | 不要再發 | 别骚扰 | 不要骚扰 | 騷擾 | 骚扰 | 你是谁 | 你是誰 | 哪来的我的号码 | 垃圾短信 | 垃圾信息 | 律师 | 律師 | 投诉你 | 举报",
  ),
  ja: list(
    "送らないで | 連絡しないで | やめてください | 誰ですか | どこで番号を | 迷惑です | 迷惑メッセージ | スパム | 弁護士 | 通報します",
  ),
  ko: list("보내지 마 | 보내지마 | 연락하지 마 | 연락하지마 | 누구세요 | 제 번호 어떻게 | 스팸 | 변호사 | 신고하겠"),
};

/** Words that are written one after the other, each on its own behind a bar or on a line. */
function list(text: string): readonly string[] {
  return text
    .split(/[|\n]/u)
    .map((word) => word.trim())
    .filter((word) => word !== "");
}
