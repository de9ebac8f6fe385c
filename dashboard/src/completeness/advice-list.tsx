import { Button } from '@mantine/core';
import { Link } from 'wouter';
import { CopyField } from '../parts/copy-field.tsx';
import type { Advice } from './advice.ts';
import classes from './completeness.module.css';

/** Each with the one thing that mends it. */
export const AdviceList = ({ advice }: { advice: Advice[] }) => (
  <ul className={classes.list}>
    {advice.map(({ id, says, command, open }) => (
      <li key={id}>
        {says}
        {command !== undefined && <CopyField label="Command" value={command} />}
        {open && (
          <Button component={Link} href={open.to} size="xs" variant="default">
            {open.label}
          </Button>
        )}
      </li>
    ))}
  </ul>
);
