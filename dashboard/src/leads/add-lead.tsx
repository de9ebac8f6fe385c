/** A button that opens the form to add a lead by hand. */
export const AddLead = () => null;
