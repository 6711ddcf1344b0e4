/** An SVG file imported from a script is its text. */
declare module '*.svg' {
  const value: string;
  export default value;
}
