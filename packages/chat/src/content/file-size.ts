/** "184 kB", "2.4 MB": in thousands, as people are used to from their folders. */
export function fileSize(bytes: number, locale: string): string {
  const mega = bytes >= 999_500;
  const value = bytes / (mega ? 1_000_000 : 1000);
  return new Intl.NumberFormat(locale, {
    style: "unit",
    unit: mega ? "megabyte" : "kilobyte",
    unitDisplay: "short",
    maximumFractionDigits: mega && value < 10 ? 1 : 0,
  }).format(bytes === 0 ? 0 : Math.max(value, 0.5));
}

/** "0:14", "1:02:03" */
export function playTime(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = String(whole % 60).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

/** What people call a type of file: "PDF", "DOCX". By its name's ending, else by its type. */
export function typeLabel(fileName: string | null, mimeType: string): string {
  const ending = /\.([a-z0-9]{1,5})$/i.exec(fileName ?? "")?.[1];
  return (ending ?? mimeType.split(";")[0]?.split("/")[1]?.split(".").at(-1) ?? mimeType).toUpperCase();
}
