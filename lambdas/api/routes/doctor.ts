import { createRoute } from '@hono/zod-openapi';
import type { Finding } from '../../core/finding.ts';
import type { Report } from '../../core/report.ts';
import { answers, forRole, routes } from '../route.ts';
import { answerOf } from '../schemas/answer.ts';
import { Examination } from '../schemas/doctor.ts';

export interface DoctorPorts {
  /** What the doctor found of a tenant at its last examination. */
  reportOf: (tenant: string) => Promise<Report | undefined>;
  sourceLabel: (source: string) => string;
}

const doctor = createRoute({
  method: 'get',
  path: '/doctor',
  summary: 'Whether everything is set up as it must be, as of the last examination, which is made every hour',
  ...forRole('admin'),
  responses: answers(answerOf(Examination)),
});

/** What the doctor found of the tenant; what it found of the stage as a whole is for the platform team. */
export const doctorRoutes = (ports: DoctorPorts) =>
  routes().openapi(doctor, async (c) => {
    const report = await ports.reportOf(c.get('actor').tenant);
    const findings = (report?.findings ?? []).map((finding) => shown(finding, ports));
    return c.json({ success: true as const, data: { examined_at: report?.at ?? null, findings } }, 200);
  });

const shown = ({ id, state, of, cause, consequence, cure }: Finding, { sourceLabel }: DoctorPorts) => ({
  id,
  state,
  source_label: of.source === undefined ? null : sourceLabel(of.source),
  account: of.account ?? null,
  cause,
  consequence,
  cure,
});
