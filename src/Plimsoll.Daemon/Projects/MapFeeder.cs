using System.Collections.Immutable;
using Plimsoll.Client.Plans;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Units;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Requests;
using Plimsoll.Plans;
using Plimsoll.Plans.Diagnostics;
using Plimsoll.Plans.Mapping;

namespace Plimsoll.Daemon.Projects;

/// <summary>Reads the items of a map and accepts them as tasks, a bounded distance ahead of the work.</summary>
internal sealed class MapFeeder
{
    private readonly MapCompiler compiler;
    private readonly IAsyncEnumerable<MapItem> items;

    private MapFeeder(MapCompiler compiler, MapRequest request)
    {
        this.compiler = compiler;
        items = request.Items;
        Name = request.Command.Count > 0 ? Path.GetFileName(request.Command[0].Split(' ')[0]) : "map";
    }

    public string Name { get; }

    /// <summary>One task as all of them will look to admission.</summary>
    public TaskBlock Sketch => compiler.Compile([new MapLine(1, "item")]).Block;

    public static Outcome<MapFeeder> Create(ProjectContext context, MapRequest request)
    {
        RetryPolicy retry = RetryPolicy.None with { Retries = request.Retries };
        var policy = new TaskPolicy(retry, request.Timeout, context.Configuration.StopGrace, null);
        Bytes? memory = request.MemoryBytes is { } bytes ? new Bytes(bytes) : null;
        var options = new MapOptions([.. request.Command], policy, memory) { Shell = request.Shell, Agent = request.Agent };
        MapCompiler? compiler = MapCompiler.Create(options, context.Configuration, out ImmutableArray<PlanDiagnostic> diagnostics);
        IReadOnlyList<DiagnosticView> views = DiagnosticViews.Of(diagnostics);
        return compiler is null
            ? new Refusal(ExitCode.Invalid, "this command cannot be mapped", null, views)
            : new MapFeeder(compiler, request);
    }

    /// <summary>Accepts everything there is, then seals the run.</summary>
    /// <remarks>A block goes out when it is full, or when the source has nothing more at once: a slow source is not waited for.</remarks>
    public async Task FeedAsync(RunHost host, CancellationToken cancellationToken)
    {
        var block = new List<MapItem>(MapCompiler.BlockSize);
        await using IAsyncEnumerator<MapItem> source = items.GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            ValueTask<bool> next = source.MoveNextAsync();
            if (!next.IsCompleted && block.Count > 0)
            {
                await SendAsync(host, block, cancellationToken);
            }

            if (!await next)
            {
                break;
            }

            block.Add(source.Current);
            if (block.Count == MapCompiler.BlockSize)
            {
                await SendAsync(host, block, cancellationToken);
            }
        }

        if (block.Count > 0)
        {
            await SendAsync(host, block, cancellationToken);
        }

        host.Inputs.Post(new SealRun(host.Run));
    }

    private async Task SendAsync(RunHost host, List<MapItem> block, CancellationToken cancellationToken)
    {
        await host.Window.ReserveAsync(block.Count, cancellationToken);
        CompiledBlock compiled = compiler.Compile([.. block.Select(item => new MapLine(item.Sequence, item.Value))]);
        host.Inputs.Post(new AddTasks(host.Run, compiled.Block, compiled.Document));
        block.Clear();
    }
}
