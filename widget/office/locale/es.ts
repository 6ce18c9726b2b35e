/** Spanish of the office, added to that of the center, whose views it also shows. */
import { es } from '../../locale/es.ts';
import { customersEs } from './es-customers.ts';
import { documentsEs } from './es-documents.ts';
import { estimatesEs } from './es-estimates.ts';
import { inboxEs } from './es-inbox.ts';
import { jobsEs } from './es-jobs.ts';
import { officeEs } from './es-office.ts';
import { settingsEs } from './es-settings.ts';
import { startEs } from './es-start.ts';

Object.assign(es, officeEs, startEs, inboxEs, customersEs, jobsEs, documentsEs, estimatesEs, settingsEs);
