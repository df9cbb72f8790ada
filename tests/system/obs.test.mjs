// OBS Studio as its users run it: a profile with our address and key, a scene, the streaming button.
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startScreen } from './lib/browser_webkit.mjs';
import { watchFor } from './lib/capture.mjs';
import { Child } from './lib/processes.mjs';
import { serverFor } from './lib/server.mjs';
import { test } from './lib/suite.mjs';

/** Writes what OBS keeps in its configuration folder: no wizard, a colour and a sound, x264 and AAC, our service. */
function configureObs(home, server, key) {
    const folder = path.join(home, 'obs-studio');
    const profile = path.join(folder, 'basic', 'profiles', 'Test');
    mkdirSync(profile, { recursive: true });
    mkdirSync(path.join(folder, 'basic', 'scenes'), { recursive: true });
    writeFileSync(path.join(folder, 'global.ini'), '[General]\nFirstRun=true\nLastVersion=486539266\nEnableAutoUpdates=false\nConfirmOnExit=false\n'
        + '[Basic]\nProfile=Test\nProfileDir=Test\nSceneCollection=Test\nSceneCollectionFile=Test\nConfigOnNewProfile=false\n[BasicWindow]\nWarnBeforeStartingStream=false\n');
    writeFileSync(path.join(profile, 'basic.ini'), '[General]\nName=Test\n[Output]\nMode=Simple\nReconnect=false\n[SimpleOutput]\nVBitrate=1500\nABitrate=128\nStreamEncoder=x264\nPreset=ultrafast\n'
        + '[Video]\nBaseCX=1280\nBaseCY=720\nOutputCX=1280\nOutputCY=720\nFPSCommon=30\n[Audio]\nSampleRate=48000\nChannelSetup=Stereo\n');
    writeFileSync(path.join(profile, 'service.json'), JSON.stringify({ type: 'rtmp_custom', settings: { server: server.rtmp, key, use_auth: false, bwtest: false } }));
    writeFileSync(path.join(folder, 'basic', 'scenes', 'Test.json'), JSON.stringify({
        name: 'Test', current_scene: 'Scene', current_program_scene: 'Scene', scene_order: [{ name: 'Scene' }],
        sources: [
            { id: 'color_source', versioned_id: 'color_source_v3', name: 'Colour', settings: { color: 4286611584, width: 1280, height: 720 } },
            { id: 'scene', name: 'Scene', settings: { items: [{ name: 'Colour', id: 1, visible: true }], id_counter: 1 } },
        ],
    }));
}

test('OBS Studio publishes and its picture comes out', { full: true, alone: true, timeoutMs: 120_000 }, async (t) => {
    const { server, channel } = await serverFor(t);
    const home = t.folder();
    configureObs(home, server, channel.streamKey);
    const screen = await startScreen();
    t.own(screen.child);
    const obs = t.own(new Child('obs', ['--multi', '--startstreaming', '--minimize-to-tray', '--disable-updater', '--disable-missing-files-check', '--profile', 'Test', '--collection', 'Test'], {
        env: { ...process.env, DISPLAY: screen.display, HOME: home, XDG_CONFIG_HOME: home, XDG_RUNTIME_DIR: home, LIBGL_ALWAYS_SOFTWARE: '1', QT_QPA_PLATFORM: 'xcb' },
    }));
    await server.liveStream('test', 60_000).catch((error) => {
        throw new Error(`${error.message}\n${obs.output.slice(-4000)}`);
    });
    const watcher = await watchFor(server, 'test', 8);
    assert.deepEqual(watcher.problems, []);
    assert.deepEqual(watcher.missing(), []);
    assert.match(watcher.variant.CODECS, /avc1\..*mp4a\.40\.2|mp4a\.40\.2.*avc1\./);
});
