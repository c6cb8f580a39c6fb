using System.Diagnostics;
using System.Globalization;
using Plimsoll.Benchmarks.Frame;
using Plimsoll.Tests.Support;

namespace Plimsoll.Benchmarks.Service;

/// <summary>BullMQ with a Redis of its own that syncs each write, workers in processes of their own, jobs added in bulk.</summary>
/// <remarks>From npm into a cache folder at its first use. Ended jobs are removed, which is its fastest way.</remarks>
internal sealed class BullMq(Workbench bench, int workers, int concurrency)
{
    private static readonly string[] Packages = ["bullmq@6.7.0", "ioredis@5"];

    private const string Worker = """
        const { Worker } = require('bullmq');
        const [port, concurrency] = process.argv.slice(2).map(Number);
        const worker = new Worker('jobs', async () => 0, { connection: { host: '127.0.0.1', port, maxRetriesPerRequest: null }, concurrency, removeOnComplete: { count: 0 } });
        let done = 0;
        worker.on('completed', () => { done++; });
        setInterval(() => process.send(done), 5);
        worker.waitUntilReady().then(() => process.send(-1));
        """;

    private const string Producer = """
        const { Queue } = require('bullmq');
        const { fork } = require('child_process');
        const [port, jobs, workers, concurrency] = process.argv.slice(2).map(Number);
        const warm = 2000, done = new Array(workers).fill(0), children = [];
        const queue = new Queue('jobs', { connection: { host: '127.0.0.1', port }, defaultJobOptions: { removeOnComplete: true } });
        const add = async count => {
          const calls = Array.from({ length: count / 1000 }, () => Array.from({ length: 1000 }, () => ({ name: 'one', data: {} })));
          const lane = async () => { for (let call; (call = calls.pop());) await queue.addBulk(call); };
          await Promise.all([lane(), lane(), lane(), lane()]);
        };
        const until = count => new Promise(resolve => { const timer = setInterval(() => { if (done.reduce((a, b) => a + b) >= count) { clearInterval(timer); resolve(); } }, 2); });
        (async () => {
          await Promise.all(done.map((_, at) => new Promise(ready => {
            const child = fork('worker.js', [port, concurrency]);
            child.on('message', count => { if (count < 0) ready(); else done[at] = count; });
            children.push(child);
          })));
          await add(warm);
          await until(warm);
          const begun = process.hrtime.bigint();
          await add(jobs);
          await until(warm + jobs);
          console.log(Number(process.hrtime.bigint() - begun) / 1e9);
          children.forEach(child => child.kill('SIGKILL'));
          process.exit(0);
        })();
        """;

    /// <summary>Time from the first add to the end of the last job.</summary>
    public TimeSpan Run(int jobs)
    {
        string modules = Installed();
        string folder = Directory.CreateDirectory(Path.Combine(bench.Folder, Path.GetRandomFileName())).FullName;
        Directory.CreateSymbolicLink(Path.Combine(folder, "node_modules"), modules);
        File.WriteAllText(Path.Combine(folder, "worker.js"), Worker);
        File.WriteAllText(Path.Combine(folder, "producer.js"), Producer);
        int port = PostgresServer.FreePort();
        using Process redis = Start(folder, "redis-server", "--port", $"{port}", "--bind", "127.0.0.1", "--dir", folder, "--appendonly", "yes", "--appendfsync", "always", "--save", "", "--maxmemory-policy", "noeviction");
        try
        {
            while (redis.StandardOutput.ReadLine() is { } line && !line.Contains("Ready to accept", StringComparison.Ordinal))
            {
            }

            // Nobody reads on: redis says little from here.
            using Process producer = Start(folder, "node", "producer.js", $"{port}", $"{jobs}", $"{workers}", $"{concurrency}");
            string said = producer.StandardOutput.ReadToEnd();
            producer.WaitForExit();
            return TimeSpan.FromSeconds(double.Parse(said, CultureInfo.InvariantCulture));
        }
        finally
        {
            redis.Kill();
            redis.WaitForExit();
        }
    }

    private static string Installed()
    {
        string cache = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "plimsoll-bench", "bullmq");
        string modules = Path.Combine(cache, "node_modules");
        if (!Directory.Exists(Path.Combine(modules, "bullmq")))
        {
            Directory.CreateDirectory(cache);
            using Process npm = Start(cache, "npm", ["install", "--silent", "--no-audit", "--no-fund", "--prefix", cache, .. Packages]);
            string said = npm.StandardOutput.ReadToEnd();
            npm.WaitForExit();
            if (npm.ExitCode != 0)
            {
                throw new InvalidOperationException($"npm install {string.Join(' ', Packages)} ended with {npm.ExitCode}: {said}");
            }
        }

        return modules;
    }

    private static Process Start(string folder, string program, params string[] words) =>
        Process.Start(new ProcessStartInfo(program, words) { WorkingDirectory = folder, RedirectStandardOutput = true, UseShellExecute = false })!;
}
