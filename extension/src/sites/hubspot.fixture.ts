/**
 * The hooks of a HubSpot contact page as seen in October 2026, in markup of our own: a page left mounted and hidden,
 * then the open one.
 */
export const recordPage = `
<div data-test-id="record-page" style="display: none">
  <h2 data-selenium-test="highlightTitle"><span data-test-id="highlight-record-label">Left Behind</span></h2>
</div>
<div data-test-id="record-page">
  <div data-test-id="left-sidebar">
    <div data-card-type="OBJECT_HIGHLIGHT"><div data-selenium-test="contact-highlight-details">
      <h2 data-selenium-test="highlightTitle">
        <span data-test-id="highlight-record-label"> Ada Example </span>
      </h2>
    </div></div>
    <div data-selenium-test="profile-properties">
      <div data-profile-property="phone">
        <input data-selenium-test="property-input-phone" data-field="phone" value="+49 30 901820">
      </div>
    </div>
  </div>
  <div data-test-id="middle-pane"><div data-test-id="tab-0-content"></div></div>
</div>`;

/** A list with the preview of one record open, as older builds show it; `href` is where its link leads. */
export const listPage = (href: string): string => `
<table><tbody><tr><td data-table-external-id="name-101"><a data-test-id="truncated-object-label">Ada Example</a></td></tr></tbody></table>
<div class="private-panel--right"><div data-selenium-test="sidebar">
  <a data-selenium-test="grid-sidebar-container-profile-btn" href="${href}">View record</a>
</div></div>`;
