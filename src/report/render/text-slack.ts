/** Room for a browser whose sans-serif is wider than Arial (DejaVu, Verdana). */
export const textSlack = 1.12;
