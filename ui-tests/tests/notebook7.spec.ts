/** Notebook 7 loads the same extension: one notebook in a page. */
import { expect, test, type Page } from '@playwright/test';
import { Doctor, notebook } from './helpers';

test('Notebook 7: check, read the finding, insert the fix', async ({
  page,
  request
}) => {
  const name = 'notebook7-gpu-doctor.ipynb';
  const api = `/api/contents/${name}`;
  await request.put(api, {
    data: {
      type: 'notebook',
      format: 'json',
      content: notebook('conda', ['1'])
    }
  });
  try {
    const errors = ourErrors(page);
    await page.goto(`/notebooks/${name}`);
    await expect(page.locator('.jp-CodeCell')).toHaveCount(1, {
      timeout: 60_000
    });
    // Before the kernel is there, the button says so and does nothing.
    await expect(
      page.locator('.jp-Notebook-ExecutionIndicator').first()
    ).toHaveAttribute('data-status', 'idle', { timeout: 60_000 });
    const doctor = new Doctor(page);
    await page.locator('[data-command="gpu-doctor:check"]').click();
    await doctor.phase('ready');
    expect(await doctor.grave()).toEqual(['two-managers']);
    await doctor
      .finding('two-managers')
      .getByRole('button', { name: 'Insert as cell' })
      .click();
    await expect(page.locator('.jp-CodeCell')).toHaveCount(2);
    expect(errors).toEqual([]);
  } finally {
    await request.delete(api);
  }
});

test('the file list of Notebook 7 loads without a panel and without an error', async ({
  page
}) => {
  const errors = ourErrors(page);
  await page.goto('/tree');
  await expect(page.locator('.jp-FileBrowser')).toBeVisible({
    timeout: 60_000
  });
  await expect(page.locator('#jp-gpu-doctor')).toHaveCount(0);
  expect(errors).toEqual([]);
});

/** Errors of the page that come out of our files; Notebook 7 has some of its own. */
function ourErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on('pageerror', error => {
    if (`${error.stack}`.includes('gpu-doctor')) {
      errors.push(String(error));
    }
  });
  return errors;
}
