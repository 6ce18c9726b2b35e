/** Puts a text into the clipboard. False where the browser does not let us: then the person must be able to select it. */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
