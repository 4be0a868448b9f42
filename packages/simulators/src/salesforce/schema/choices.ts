/** Choices that several objects share. */
export const SALUTATIONS = ["Mr.", "Ms.", "Mrs.", "Dr.", "Prof.", "Mx."];
export const LEAD_SOURCES = ["Web", "Phone Inquiry", "Partner Referral", "Purchased List", "Other"];
export const INDUSTRIES = [
  "Apparel",
  "Banking",
  "Construction",
  "Consulting",
  "Education",
  "Electronics",
  "Energy",
  "Engineering",
  "Food & Beverage",
  "Healthcare",
  "Hospitality",
  "Machinery",
  "Manufacturing",
  "Media",
  "Retail",
  "Technology",
  "Other",
];
