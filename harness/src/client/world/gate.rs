//! The gate of a scripted world: what comes in is passed on up to a limit, so that a client which sends without end ends its own run and nothing else.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
    sync::Notify,
    task::JoinHandle,
};

use super::{
    arrival::Arrival,
    callback::Callbacks,
    verbatim::{Listening, Targets},
};

/// So much may come in through one connection; the requests of a whole run are far smaller.
pub(super) const LIMIT: u64 = 8 * 1024 * 1024;

/// So much is passed on at once.
const CHUNK: usize = 16 * 1024;

/// How long nobody is let in after one could not be.
const PAUSE: Duration = Duration::from_millis(10);

/// A gate that is open. It closes, with every connection, when this is dropped.
#[derive(Debug)]
pub(super) struct Gate {
    /// Where it is.
    pub(super) address: SocketAddr,
    accepting: JoinHandle<()>,
}

impl Gate {
    /// Opens a gate on a loopback port in front of a server; `targets` hears what requests ask for, and answers wait for `callbacks` where they are told to. When somebody sends too much, `too_much` becomes true and `told` is told.
    pub(super) async fn open(
        server: SocketAddr,
        targets: Targets,
        callbacks: Callbacks,
        too_much: Arc<AtomicBool>,
        told: Arc<Notify>,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let accepting = tokio::spawn(async move {
            // The connections end with this task.
            let mut connections = tokio::task::JoinSet::new();
            loop {
                let Ok((client, _)) = listener.accept().await else {
                    // Too many files are open: it is tried again when some may have been closed.
                    tokio::time::sleep(PAUSE).await;
                    continue;
                };
                let (too_much, told) = (Arc::clone(&too_much), Arc::clone(&told));
                let (targets, callbacks) = (targets.clone(), callbacks.clone());
                connections.spawn(async move {
                    if matches!(pass(client, server, targets, callbacks).await, Ok(true)) {
                        too_much.store(true, Ordering::Relaxed);
                        told.notify_one();
                    }
                });
                while connections.try_join_next().is_some() {}
            }
        });
        Ok(Self { address, accepting })
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// Passes a connection on to its end; whether it was cut off because too much came.
async fn pass(
    client: TcpStream,
    server: SocketAddr,
    targets: Targets,
    callbacks: Callbacks,
) -> io::Result<bool> {
    let server = TcpStream::connect(server).await?;
    // Small messages, one after the other: nothing is gained by waiting for more.
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let answered = Arc::new(AtomicBool::new(false));
    let mut listening = Listening::to(targets, Arc::clone(&answered));
    let ((from_client, mut to_client), (mut from_server, mut to_server)) =
        (client.into_split(), server.into_split());
    let inwards = async {
        let (mut from_client, mut octets, mut passed) = (from_client.take(LIMIT), vec![0; CHUNK], 0);
        loop {
            let read = from_client.read(&mut octets).await?;
            if read == 0 {
                break;
            }
            listening.hear(&octets[..read]);
            to_server.write_all(&octets[..read]).await?;
            passed += read as u64;
        }
        if passed < LIMIT {
            to_server.shutdown().await?;
        }
        Ok::<_, io::Error>(passed == LIMIT)
    };
    let outwards = async {
        let mut octets = vec![0; CHUNK];
        loop {
            let read = from_server.read(&mut octets).await?;
            answered.store(true, Ordering::Relaxed);
            let passage = Arrival::through(&octets[..read]);
            if passage.held {
                callbacks.done().await;
            }
            to_client.write_all(passage.before).await?;
            to_client.write_all(passage.behind).await?;
            if passage.ends || read == 0 {
                return to_client.shutdown().await;
            }
        }
    };
    tokio::pin!(inwards, outwards);
    tokio::select! {
        cut = &mut inwards => if cut? { Ok(true) } else { outwards.await.map(|()| false) },
        done = &mut outwards => done.map(|()| false),
    }
}
