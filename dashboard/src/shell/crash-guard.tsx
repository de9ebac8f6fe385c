import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import './states.css';

/** Keeps the frame standing where a page can’t be drawn, or its script is gone since a newer version was deployed. */
export class CrashGuard extends Component<{ children: ReactNode }, { hasCrashed: boolean }> {
  override state = { hasCrashed: false };

  static getDerivedStateFromError() {
    return { hasCrashed: true };
  }

  override render() {
    if (!this.state.hasCrashed) return this.props.children;
    return (
      <div className="state" role="alert">
        <h2>This page can’t be shown</h2>
        <p className="quiet">There may be a newer version of it. Reload to get it; nothing that was saved is lost.</p>
        <Button variant="default" onClick={() => window.location.reload()}>
          Reload
        </Button>
      </div>
    );
  }
}
