/** What a dictionary is made of, so that a language with a missing key or a missing plural does not compile. */
import type { center } from './en-center.ts';
import type { code } from './en-code.ts';
import type { deciding } from './en-deciding.ts';
import type { documents } from './en-documents.ts';
import type { drawing } from './en-drawing.ts';
import type { due } from './en-due.ts';
import type { estimate } from './en-estimate.ts';
import type { invoices } from './en-invoices.ts';
import type { jobs } from './en-jobs.ts';
import type { paying } from './en-paying.ts';
import type { receipt } from './en-receipt.ts';
import type { share } from './en-share.ts';
import type { entry } from './en.ts';
import type { OfficeEnglish } from '../office/locale/english.ts';

/** A sentence for each of the language's plural forms; `other` is the one that every language has. */
export type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

type Payments = typeof due & typeof paying & typeof receipt;
type Documents = typeof documents & typeof invoices & typeof share & typeof estimate & typeof deciding & typeof drawing & Payments;
type English = typeof entry & typeof code & typeof center & typeof jobs & Documents & OfficeEnglish;

/** A key whose sentence is fixed, and one whose sentence depends on a count. */
export type Key = { [K in keyof English]: English[K] extends string ? K : never }[keyof English];
export type PluralKey = Exclude<keyof English, Key>;

type Names<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;

/** The values that a sentence asks for in braces: leaving one out is a type error where `t` is called. */
export type Params<K extends Key> = [Names<English[K]>] extends [never]
  ? []
  : [params: Record<Names<English[K]>, string | number>];

/** One language's sentences for those of an English dictionary. */
export type Translated<Source> = { [K in keyof Source]: Source[K] extends string ? string : Plural };

/** Sentences of the first view and the shell: part of the one script every page loads. */
type EntryMessages = Translated<typeof entry>;
/** Sentences for waiting and for the code: they come with those views. */
type CodeMessages = Translated<typeof code>;
/** Sentences of the signed-in views: they come with those views. */
type CenterMessages = Translated<typeof center & typeof jobs>;
/** Sentences about documents: they come with the views that show them. */
type DocumentMessages = Translated<Documents>;
/** A whole language, as every dictionary but English is loaded. */
export type Messages = EntryMessages & CodeMessages & CenterMessages & DocumentMessages;
