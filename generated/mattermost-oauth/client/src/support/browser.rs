//! Work in a browser, whose futures belong to one thread: it is done beside, and waited for by a future that may be sent anywhere. Needs no other
//! file; crate `wasm-bindgen-futures`.

use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Waker};

/// Does some work on this thread. Dropping the future ends the work.
pub(crate) fn run<T: Send + 'static>(work: impl Future<Output = T> + 'static) -> Run<T> {
    let shared = Arc::new(Mutex::new(Shared::new()));
    let (inside, done) = (shared.clone(), Run(shared));
    wasm_bindgen_futures::spawn_local(async move {
        let mut work = pin!(work);
        std::future::poll_fn(|cx| {
            if lock(&inside).is_dropped {
                return Poll::Ready(());
            }
            lock(&inside).worker = Some(cx.waker().clone());
            let Poll::Ready(result) = work.as_mut().poll(cx) else {
                return Poll::Pending;
            };
            let waker = {
                let mut inside = lock(&inside);
                inside.result = Some(result);
                inside.waiter.take()
            };
            if let Some(waker) = waker {
                waker.wake();
            }
            Poll::Ready(())
        })
        .await;
    });
    done
}

/// Waits for such work.
pub(crate) struct Run<T>(Arc<Mutex<Shared<T>>>);

struct Shared<T> {
    result: Option<T>,
    is_dropped: bool,
    worker: Option<Waker>,
    waiter: Option<Waker>,
}

impl<T> Shared<T> {
    fn new() -> Self {
        Self {
            result: None,
            is_dropped: false,
            worker: None,
            waiter: None,
        }
    }
}

impl<T> Future for Run<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        let mut shared = lock(&self.0);
        if let Some(result) = shared.result.take() {
            return Poll::Ready(result);
        }
        shared.waiter = Some(cx.waker().clone());
        Poll::Pending
    }
}

impl<T> Drop for Run<T> {
    fn drop(&mut self) {
        let worker = {
            let mut shared = lock(&self.0);
            shared.is_dropped = true;
            shared.worker.take()
        };
        if let Some(worker) = worker {
            worker.wake();
        }
    }
}

fn lock<T>(shared: &Mutex<Shared<T>>) -> std::sync::MutexGuard<'_, Shared<T>> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}
