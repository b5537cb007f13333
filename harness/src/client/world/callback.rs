//! A callback that nobody asked for, as any page in the user's browser can send one to a client that waits for its own.

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use url::{Host, Url};

/// How long the client may take to accept it, and to answer it.
const LIMIT: Duration = Duration::from_secs(2);

/// Sends a request to a redirect URI on this machine; whether somebody answered.
pub(super) fn reaches(url: &Url) -> bool {
    let Some(address) = address(url) else { return false };
    let ask = || {
        let mut stream = TcpStream::connect_timeout(&address, LIMIT)?;
        stream.set_read_timeout(Some(LIMIT))?;
        stream.set_write_timeout(Some(LIMIT))?;
        let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
        // In one piece, as browsers do: some listeners read once and take what has come for the whole request.
        let request = format!("GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes())?;
        let mut status = [0; 5];
        stream.read_exact(&mut status)?;
        Ok::<_, std::io::Error>(&status == b"HTTP/")
    };
    ask().unwrap_or(false)
}

/// Where it goes; nowhere but to this machine.
fn address(url: &Url) -> Option<SocketAddr> {
    let port = url.port()?;
    match url.host()? {
        Host::Ipv4(address) if address.is_loopback() => Some((address, port).into()),
        Host::Ipv6(address) if address.is_loopback() => Some((address, port).into()),
        Host::Domain("localhost") => Some(([127, 0, 0, 1], port).into()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use super::*;

    #[test]
    fn it_reaches_who_listens_on_this_machine_and_nobody_else() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/cb?code=c&state=s", listener.local_addr().unwrap());
        let client = std::thread::spawn(move || {
            let mut stream = listener.accept().unwrap().0;
            let mut request = [0; 64];
            let read = stream.read(&mut request).unwrap();
            stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").unwrap();
            String::from_utf8_lossy(&request[..read]).into_owned()
        });
        assert!(reaches(&Url::parse(&url).unwrap()));
        assert!(client.join().unwrap().starts_with("GET /cb?code=c&state=s HTTP/1.1\r\n"));
        for nowhere in ["http://192.0.2.1:80/cb", "https://client.example/cb", "app:/cb", &url] {
            assert!(!reaches(&Url::parse(nowhere).unwrap()), "{nowhere}");
        }
    }
}
