declare module 'jstat' {
  const jstat: {
    readonly jStat: {
      readonly studentt: { inv(probability: number, degreesOfFreedom: number): number };
      /** The regularised incomplete beta function. */
      ibeta(x: number, a: number, b: number): number;
      /** The complementary error function. */
      erfc(x: number): number;
    };
  };
  export = jstat;
}
