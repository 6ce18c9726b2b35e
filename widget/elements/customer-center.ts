/** The script that a contractor's page loads: defines `<customer-center>`. */
import { CustomerCenter } from '../customer-center/customer-center.ts';
import { define } from './define.ts';

define('customer-center', CustomerCenter);

export type { CustomerCenter };
