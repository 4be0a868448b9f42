/**
 * The hooks of a Lightning record page as seen between 2024 and 2026, in markup of our own: a console's page that was left
 * mounted and hidden, then the open one, whose name stands below a shadow root of a component.
 */
export const recordPage = `
<one-record-home-flexipage2 style="display: none">
  <records-highlights2><h1><lightning-formatted-name>Left Behind</lightning-formatted-name></h1></records-highlights2>
</one-record-home-flexipage2>
<one-record-home-flexipage2>
  <records-highlights2><template shadowrootmode="open">
    <div class="slds-page-header">
      <h1><records-entity-label>Contact</records-entity-label>
        <lightning-formatted-name><template shadowrootmode="open"> Ada Example </template></lightning-formatted-name></h1>
      <lightning-formatted-phone><a href="tel:+4930901820">+49 30 901820</a></lightning-formatted-phone>
    </div>
  </template></records-highlights2>
</one-record-home-flexipage2>`;

/** Gives a page the shadow roots that its markup declares, as a browser does while it loads one. */
export function attachDeclaredRoots(page: ParentNode): void {
  for (const template of page.querySelectorAll<HTMLTemplateElement>("template[shadowrootmode]")) {
    const root = template.parentElement?.attachShadow({ mode: "open" });
    root?.append(template.content);
    template.remove();
    if (root) attachDeclaredRoots(root);
  }
}
