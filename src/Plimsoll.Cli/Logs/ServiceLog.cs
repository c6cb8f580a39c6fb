using Plimsoll.Cli.Hosting;
using Plimsoll.Cli.Terminal;
using Plimsoll.Client.Http;
using Plimsoll.Client.Runs;
using Plimsoll.Daemon.Links;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Cli.Logs;

/// <summary>Prints what an attempt of a service elsewhere wrote: its standard output on ours, its standard error on ours.</summary>
internal sealed class ServiceLog(ServiceDesk service, CliContext context, LogSelection selection)
{
    /// <summary>The last lines are looked for in so much of the end.</summary>
    private const long TailBytes = 4 << 20;

    /// <param name="number">Which attempt; null = the last.</param>
    /// <param name="follow">Until the attempt ends.</param>
    /// <returns>What went wrong; null = nothing.</returns>
    public async Task<Refusal?> PrintAsync(TaskView task, int? number, bool follow, CancellationToken cancellationToken)
    {
        var streams = new List<Task<Refusal?>>(2);
        if (selection.Stdout)
            streams.Add(CopyAsync(task, new LogQuery("out", number, follow, Tail), context.Out, cancellationToken));
        if (selection.Stderr)
            streams.Add(CopyAsync(task, new LogQuery("err", number, follow, Tail), selection.Stdout ? context.Error : context.Out, cancellationToken));
        Refusal? first = null;
        foreach (Task<Refusal?> stream in streams)
            first = await stream ?? first;
        return first;
    }

    private long? Tail => selection.TailLines is null ? null : TailBytes;

    private async Task<Refusal?> CopyAsync(TaskView task, LogQuery query, OutputTarget output, CancellationToken cancellationToken)
    {
        if (!(await service.OpenLogAsync(task, query, cancellationToken)).TryGet(out HttpResponseMessage? response, out Refusal? refusal))
            return refusal;

        using (response)
        {
            await using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken);
            var printer = new LogPrinter(output);
            byte[] buffer = new byte[64 * 1024];
            if (selection.TailLines is { } lines && !query.Follow)
            {
                using var end = new MemoryStream();
                await body.CopyToAsync(end, cancellationToken);
                printer.Write(LastLines(end.GetBuffer().AsSpan(0, (int)end.Length), lines));
            }
            else
            {
                while (!printer.ReaderGone && await body.ReadAsync(buffer, cancellationToken) is > 0 and int read)
                {
                    printer.Write(buffer.AsSpan(0, read));
                    if (query.Follow)
                        output.Flush();
                }
            }

            printer.End();
            return null;
        }
    }

    private static ReadOnlySpan<byte> LastLines(ReadOnlySpan<byte> text, int lines)
    {
        if (lines == 0)
            return [];
        int at = text.Length > 0 && text[^1] == (byte)'\n' ? text.Length - 1 : text.Length;
        for (int found = 0; found < lines && at >= 0; found++)
            at = text[..Math.Max(at, 0)].LastIndexOf((byte)'\n');
        return text[(at + 1)..];
    }
}
