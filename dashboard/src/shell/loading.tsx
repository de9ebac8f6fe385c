import { Loader } from '@mantine/core';
import './states.css';

/** Says that something is on its way, where its shape is not known. */
export const Loading = ({ what = 'Loading' }: { what?: string }) => (
  <div className="state" role="status">
    <Loader size="sm" aria-hidden />
    <p className="quiet">{what} …</p>
  </div>
);
