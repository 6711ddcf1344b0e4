/** The panel by keyboard, for a screen reader, in both themes, narrow, and after a reload. */
import AxeBuilder from '@axe-core/playwright';
import { expect, galata, test } from '@jupyterlab/galata';
import { Doctor, openNotebook } from './helpers';

const THEMES = [
  'JupyterLab Light',
  'JupyterLab Dark',
  'JupyterLab Dark High Contrast'
];

for (const theme of THEMES) {
  test.describe(theme, () => {
    test.use({
      mockSettings: {
        ...galata.DEFAULT_SETTINGS,
        '@jupyterlab/apputils-extension:themes': {
          ...galata.DEFAULT_SETTINGS['@jupyterlab/apputils-extension:themes'],
          theme
        }
      }
    });

    test('no accessibility violation, with every section open', async ({
      page,
      tmpPath
    }) => {
      await openNotebook(page, tmpPath, 'gpus');
      const doctor = new Doctor(page);
      await doctor.check();
      for (const id of ['libraries', 'packages']) {
        await doctor.section(id);
      }
      await doctor.notes();
      const { violations } = await new AxeBuilder({ page })
        .include('#jp-gpu-doctor')
        .analyze();
      expect(
        violations.map(one => ({
          id: one.id,
          nodes: one.nodes.map(node => node.html)
        }))
      ).toEqual([]);
    });
  });
}

test('everything by keyboard, the verdict read aloud, no overflow when narrow', async ({
  page,
  tmpPath
}) => {
  await openNotebook(page, tmpPath, 'conda');
  const doctor = new Doctor(page);
  await doctor.open();
  await doctor.button.focus();
  await page.keyboard.press('Enter');
  await doctor.phase('ready');
  // The focus stays where it was.
  await expect(doctor.button).toBeFocused();
  await expect(doctor.panel.locator('[aria-live="polite"]')).toContainText(
    'Error'
  );
  const reached: string[] = [];
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press('Tab');
    const name = await page.evaluate(() => {
      const one = document.activeElement;
      return one?.closest('.jp-GpuDoctor-view')
        ? one.getAttribute('aria-label') || one.textContent || one.tagName
        : null;
    });
    if (name === null) {
      break;
    }
    reached.push(name);
  }
  for (const name of [
    'Copy report',
    'Save facts',
    'Insert as cell',
    'Copy',
    'Ignore here',
    'Learn more',
    'Frameworks',
    'GPUs',
    'CUDA libraries',
    'Packages'
  ]) {
    expect(reached.some(one => one.startsWith(name))).toBe(true);
  }
  await page.sidebar.setWidth(200, 'left');
  expect(
    await doctor.panel.evaluate(
      node => node.parentElement!.scrollWidth - node.parentElement!.clientWidth
    )
  ).toBeLessThanOrEqual(0);
});

test('the panel and its sections come back after a reload', async ({
  page,
  tmpPath
}) => {
  await openNotebook(page, tmpPath, 'plain');
  const doctor = new Doctor(page);
  await doctor.check();
  await doctor.section('packages');
  // The layout is saved after a pause.
  await page.waitForTimeout(2500);
  await page.reload({ waitForIsReady: false });
  await expect(doctor.panel).toBeVisible({ timeout: 60_000 });
  await doctor.phase('unchecked');
  await doctor.button.click();
  await doctor.phase('ready');
  await expect(
    doctor.panel.locator(
      '[data-section="packages"] .jp-GpuDoctor-sectionToggle'
    )
  ).toHaveAttribute('aria-expanded', 'true');
});
