using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Plimsoll.Benchmarks.Frame;

namespace Plimsoll.Benchmarks.Gateway;

/// <summary>nginx as a plain proxy with kept connections, in a folder of its own.</summary>
internal static class Nginx
{
    public const string Program = "nginx";

    public static Player Start(Workbench bench, string upstream)
    {
        int port = FreePort();
        string file = bench.Write("nginx.conf", $$"""
            daemon off;
            worker_processes 2;
            pid {{bench.Folder}}/nginx.pid;
            error_log {{bench.Folder}}/nginx.log;
            events { worker_connections 4096; }
            http {
              access_log off;
              client_body_temp_path {{bench.Folder}}; proxy_temp_path {{bench.Folder}}; fastcgi_temp_path {{bench.Folder}}; uwsgi_temp_path {{bench.Folder}}; scgi_temp_path {{bench.Folder}};
              keepalive_requests 100000000;
              upstream model { server {{new Uri(upstream).Authority}}; keepalive 256; keepalive_requests 100000000; }
              server {
                listen 127.0.0.1:{{port.ToString(CultureInfo.InvariantCulture)}};
                client_max_body_size 32m;
                location / { proxy_pass http://model; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_buffering off; }
              }
            }
            """);
        ProcessStartInfo start = new(Program) { UseShellExecute = false };
        foreach (string word in (string[])["-c", file, "-e", $"{bench.Folder}/nginx.log"])
        {
            start.ArgumentList.Add(word);
        }

        Player player = Player.Start(Program, start, string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        WaitFor(port);
        return player;
    }

    private static int FreePort()
    {
        using TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static void WaitFor(int port)
    {
        for (int tries = 0; ; tries++)
        {
            try
            {
                using TcpClient client = new();
                client.Connect(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (tries < 100)
            {
                Thread.Sleep(50);
            }
        }
    }
}
