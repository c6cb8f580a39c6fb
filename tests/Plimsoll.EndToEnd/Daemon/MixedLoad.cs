using Plimsoll.EndToEnd.Support;

namespace Plimsoll.EndToEnd.Daemon;

/// <summary>Tasks of many kinds that write down what they do themselves, and a client that submits them until they are accepted.</summary>
internal sealed class MixedLoad
{
    private const int BatchSize = 12;

    // The lock lives as long as any process of the attempt: a second attempt beside a surviving child counts as a double.
    private const string Script = """
        root=${0%/*} fence=${PLIMSOLL_ATTEMPT##*.} code=0
        exec 9>"$root/locks/$2"
        flock -n 9 || echo "double $2 $fence" >>"$root/effects"
        echo "start $2 $fence $PPID" >>"$root/effects"
        case $1 in
            short|plain) sleep 0.1 ;;
            long) sleep 4 ;;
            failing) sleep 0.3; code=3 ;;
            code137) sleep 0.5; code=137 ;;
            signal) sleep 0.5; kill -USR1 $$ ;;
            retry) sleep 0.6; [ -e "$root/tried/$2" ] || { : >"$root/tried/$2"; code=7; } ;;
            children) sleep 1000 & sh -c 'sleep 1000 & wait' & sleep 1 ;;
            orphans) (setsid sleep 1000 &); (sleep 1000 &); sleep 1 ;;
            values) sleep 0.5; echo "value=$2" >>"$PLIMSOLL_OUTPUT" ;;
            worktree) sleep 1; echo "$2" >result.txt ;;
            timeout) sleep 1000 ;;
        esac
        echo "end $2 $fence $code" >>"$root/effects"
        exit $code

        """;

    private readonly TemporaryProject project;
    private readonly Random random;
    private List<string> batch = [];
    private int last;

    public MixedLoad(TemporaryProject project, int seed)
    {
        this.project = project;
        random = new Random(seed);
        project.Write("work.sh", Script);
        Directory.CreateDirectory(project.PathOf("locks"));
        Directory.CreateDirectory(project.PathOf("tried"));
        project.Write(".gitignore", "*\n!work.sh\n");
    }

    /// <summary>Names of the tasks whose acceptance was acknowledged.</summary>
    public List<string> Accepted { get; } = [];

    public TaskLog Log => TaskLog.Read(project.Lines("effects"));

    /// <summary>Submits a batch; the same one again, with the same idempotency keys, until its acceptance is acknowledged.</summary>
    public async Task SubmitAsync(ServiceProcess service)
    {
        if (batch.Count == 0)
        {
            batch = [.. Enumerable.Range(0, BatchSize).Select(_ => $"{MixedKind.Next(random).Name}-{++last}")];
        }

        if (await service.SubmitAsync(batch.Select(Definition)))
        {
            Accepted.AddRange(batch);
            batch = [];
        }
    }

    /// <summary>Submits what was not acknowledged.</summary>
    public async Task CompleteAsync(ServiceProcess service)
    {
        while (batch.Count > 0)
        {
            await SubmitAsync(service);
        }
    }

    private string Definition(string name)
    {
        MixedKind kind = MixedKind.Of(name);
        string fields = kind.Fields.Length > 0 ? "," + kind.Fields : "";
        return $$"""{"name":"{{name}}","idempotency_key":"{{name}}","run":["sh","{{project.PathOf("work.sh")}}","{{kind.Name}}","{{name}}"]{{fields}}}""";
    }
}
