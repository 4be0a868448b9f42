import type { WordKey } from "@aparte/i18n/i18n.ts";

/** Enough Arabic to see how the panel stands from right to left; every other word stays English. */
export const arabic: Partial<Record<WordKey, string>> = {
  "day.today": "اليوم",
  "status.window_open": "نافذة الرد مفتوحة · تُغلق بعد {duration}",
  "status.consent_opted_in": "موافقة",
  "duration.hours_minutes": "{hours} س {minutes} د",
  "header.local_time": "{time} في دبي",
  "error.messaging.connection_failed": "لم تُرسل: انقطع الاتصال بالخادم.",
  "fix.messaging.connection_failed": "أعد المحاولة.",
  "action.send_again": "إعادة المحاولة",
  "action.edit": "تعديل",
  "action.send": "إرسال",
  "composer.placeholder": "اكتب رسالة إلى {name}…",
};
