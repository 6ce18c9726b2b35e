/** The script of the contractor's own side: defines `<customer-center-office>`. A page for customers never loads it. */
import { CustomerCenterOffice } from '../office/office.ts';
import { define } from './define.ts';

define('customer-center-office', CustomerCenterOffice);

export type { CustomerCenterOffice };
