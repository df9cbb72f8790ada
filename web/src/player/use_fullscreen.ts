import { useCallback, useEffect, useState, type RefObject } from 'react';

// iPhones can only show the video element itself in full screen.
interface AppleVideo extends HTMLVideoElement {
  webkitEnterFullscreen?: () => void;
}

export function useFullscreen(root: RefObject<HTMLElement | null>, video: RefObject<HTMLVideoElement | null>) {
  const [active, setActive] = useState(false);

  useEffect(() => {
    const read = () => setActive(document.fullscreenElement !== null && document.fullscreenElement === root.current);
    document.addEventListener('fullscreenchange', read);
    return () => document.removeEventListener('fullscreenchange', read);
  }, [root]);

  const toggle = useCallback(() => {
    if (document.fullscreenElement) return void document.exitFullscreen().catch(() => undefined);
    const element = root.current;
    if (element && document.fullscreenEnabled) return void element.requestFullscreen().catch(() => undefined);
    const apple: AppleVideo | null = video.current;
    apple?.webkitEnterFullscreen?.();
  }, [root, video]);

  return { active, toggle };
}

export function usePictureInPicture(video: RefObject<HTMLVideoElement | null>) {
  const [active, setActive] = useState(false);

  useEffect(() => {
    const element = video.current;
    if (!element) return;
    const enter = () => setActive(true);
    const leave = () => setActive(false);
    element.addEventListener('enterpictureinpicture', enter);
    element.addEventListener('leavepictureinpicture', leave);
    return () => {
      element.removeEventListener('enterpictureinpicture', enter);
      element.removeEventListener('leavepictureinpicture', leave);
    };
  }, [video]);

  const toggle = useCallback(() => {
    if (document.pictureInPictureElement) return void document.exitPictureInPicture().catch(() => undefined);
    void video.current?.requestPictureInPicture().catch(() => undefined);
  }, [video]);

  return { active, toggle, possible: document.pictureInPictureEnabled };
}
