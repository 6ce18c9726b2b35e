/** All English sentences of the office, for the types of their keys. */
import type { customers } from './en-customers.ts';
import type { documents } from './en-documents.ts';
import type { estimates } from './en-estimates.ts';
import type { inbox } from './en-inbox.ts';
import type { jobs } from './en-jobs.ts';
import type { settings } from './en-settings.ts';
import type { start } from './en-start.ts';
import type { office } from './en.ts';

export type OfficeEnglish = typeof office & typeof start & typeof inbox & typeof customers & typeof jobs & typeof documents & typeof estimates & typeof settings;
