/** Marks the place of the firm's name. */
const firm = "{firm}";

/**
 * The one answer to a stop word, by language (BCP 47): that it was heard, and how to come back. It offers nothing, and START is
 * among the words that are heard from everybody.
 */
const confirmations: Readonly<Record<string, string>> = {
  en: `${firm}: we have noted that you want to stop. To receive messages again, reply START.`,
  fr: `${firm} : votre demande d’arrêt est enregistrée. Pour recevoir de nouveau des messages, répondez START.`,
  es: `${firm}: hemos registrado su solicitud de baja. Para volver a recibir mensajes, responda START.`,
  pt: `${firm}: registámos o seu pedido para parar. Para voltar a receber mensagens, responda START.`,
  it: `${firm}: abbiamo registrato la richiesta di interruzione. Per ricevere di nuovo messaggi, rispondere START.`,
  de: `${firm}: Ihre Abmeldung ist vermerkt. Wenn Sie wieder Nachrichten erhalten möchten, antworten Sie START.`,
  nl: `${firm}: uw afmelding is genoteerd. Antwoord START als u weer berichten wilt ontvangen.`,
  pl: `${firm}: zapisaliśmy prośbę o rezygnację. Aby ponownie otrzymywać wiadomości, proszę odpisać START.`,
  ro: `${firm}: am înregistrat cererea de oprire. Pentru a primi din nou mesaje, răspundeți START.`,
  sv: `${firm}: din avanmälan är registrerad. Svara START om du vill få meddelanden igen.`,
  da: `${firm}: din afmelding er registreret. Svar START, hvis du vil modtage beskeder igen.`,
  fi: `${firm}: peruutuksesi on kirjattu. Jos haluat taas viestejä, vastaa START.`,
  cs: `${firm}: vaše odhlášení jsme zaznamenali. Chcete-li zprávy opět dostávat, odpovězte START.`,
  hu: `${firm}: a leiratkozását rögzítettük. Ha újra szeretne üzeneteket kapni, válaszoljon ezzel: START.`,
  el: `${firm}: το αίτημα διακοπής καταγράφηκε. Για να λαμβάνετε ξανά μηνύματα, απαντήστε START.`,
  tr: `${firm}: durdurma talebiniz kaydedildi. Yeniden mesaj almak için START yazın.`,
  ru: `${firm}: ваш отказ от сообщений учтён. Чтобы снова получать сообщения, ответьте START.`,
  uk: `${firm}: вашу відмову від повідомлень враховано. Щоб знову отримувати повідомлення, надішліть START.`,
  ar: `${firm}: تم تسجيل طلب الإيقاف. لتلقي الرسائل مجددًا، أرسل START.`,
  he: `${firm}: בקשתך להפסיק נרשמה. כדי לקבל שוב הודעות, יש להשיב START.`,
  hi: `${firm}: संदेश बंद करने का आपका अनुरोध दर्ज कर लिया गया है। फिर से संदेश पाने के लिए START लिखकर भेजें।`,
  id: `${firm}: permintaan berhenti Anda sudah dicatat. Untuk menerima pesan lagi, balas START.`,
  ms: `${firm}: permintaan berhenti anda telah direkodkan. Untuk menerima mesej semula, balas START.`,
  th: `${firm}: เราบันทึกคำขอหยุดรับข้อความของคุณแล้ว หากต้องการรับข้อความอีกครั้ง ตอบกลับ START`,
  vi: `${firm}: chúng tôi đã ghi nhận yêu cầu ngừng của bạn. Để nhận lại tin nhắn, hãy trả lời START.`,
  zh: `${firm}：已记录您的退订请求。如需再次接收消息，请回复 START。`,
  ja: `${firm}：配信停止のご希望を承りました。再びメッセージを受け取るには START と返信してください。`,
  ko: `${firm}: 수신 거부 요청이 접수되었습니다. 다시 메시지를 받으려면 START라고 답장해 주세요.`,
};

/**
 * The confirmation in the first of these languages that we speak ("pt_BR" is answered in Portuguese), or in English. Short
 * enough for any name that a firm can have at Meta.
 */
export function optOutConfirmation(
  name: string,
  languages: readonly (string | null)[],
): { text: string; language: string } {
  const spoken = languages.map((language) => language?.split(/[-_]/u)[0] ?? "");
  const language = spoken.find((code) => Object.hasOwn(confirmations, code)) ?? "en";
  return { text: (confirmations[language] ?? "").replace(firm, () => name), language };
}
