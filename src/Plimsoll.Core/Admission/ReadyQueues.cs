using Plimsoll.Core.Capacity;
using Plimsoll.Core.Footprints;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Core.Admission;

/// <summary>Ready tasks, queued by shape; a shape is a candidate of its run, asleep at a lock or held by its class.</summary>
internal sealed class ReadyQueues(ReadyOrder order, LockTable locks, NodeTable nodes)
{
    private readonly Dictionary<ShapeKey, ShapeQueue> byKey = [];
    private readonly Dictionary<string, ClassState> classes = new(StringComparer.Ordinal);
    private readonly Dictionary<RunId, RunQueue> runs = [];
    private readonly List<ShapeQueue> shapes = [];
    private readonly Stack<int> vacant = new(); // places in shapes of forgotten runs
    private readonly List<ShapeQueue> active = [];
    private readonly List<RunQueue> competing = [];

    public ReadyOrder Order => order;

    public HostProfile Host { get; } = new();

    public IReadOnlyList<ShapeQueue> Shapes => shapes;

    /// <summary>Shapes that have ready tasks, in no particular order.</summary>
    public IReadOnlyList<ShapeQueue> Active => active;

    /// <summary>How many of them are leases.</summary>
    public int ReadyLeases { get; private set; }

    /// <summary>Runs that have candidates, in no particular order.</summary>
    public List<RunQueue> Competing => competing;

    public IReadOnlyDictionary<string, ClassState> Classes => classes;

    /// <summary>What is known of a class, made when it is new.</summary>
    public ClassState Class(string name)
    {
        if (!classes.TryGetValue(name, out ClassState? owner))
        {
            owner = new ClassState(name, Host);
            classes.Add(name, owner);
        }

        return owner;
    }

    /// <summary>The queue of a shape, made when it is new.</summary>
    public ShapeQueue Find(TaskShape shape, RunState run, RaisedNeed? raised)
    {
        var key = new ShapeKey(shape, run.Id, raised);
        if (!byKey.TryGetValue(key, out ShapeQueue? queue))
        {
            if (!runs.TryGetValue(run.Id, out RunQueue? line))
            {
                line = new RunQueue(run, order);
                runs.Add(run.Id, line);
            }

            ClassState owner = Class(shape.Class);
            int[] ids = [.. shape.Locks.Select(claim => locks.Find(claim))];
            queue = new ShapeQueue(vacant.TryPop(out int place) ? place : shapes.Count, key, owner, line, ids, order) { Labels = nodes.Mask(shape.Requires.AsSpan(), isNode: false) };
            byKey.Add(key, queue);
            owner.Shapes.Add(queue);
            line.Shapes.Add(queue);
            if (queue.Id == shapes.Count)
            {
                shapes.Add(queue);
            }
            else
            {
                shapes[queue.Id] = queue;
            }
        }

        return queue;
    }

    /// <summary>Drops the shapes of a run that has no task left to start; their places are used again.</summary>
    public void Forget(RunId run)
    {
        if (!runs.Remove(run, out RunQueue? line))
        {
            return;
        }

        foreach (ShapeQueue shape in line.Shapes)
        {
            byKey.Remove(new ShapeKey(shape.Shape, run, shape.Raised));
            shape.Class.Shapes.Remove(shape);
            vacant.Push(shape.Id);
        }
    }

    public ShapeQueue Of(int handle) => shapes[order.Tasks.Shape[handle]];

    public void Enqueue(int handle)
    {
        ShapeQueue shape = Of(handle);
        shape.Push(handle);
        if (shape.Count == 1)
        {
            shape.ActiveIndex = active.Count;
            active.Add(shape);
            ReadyLeases += shape.Shape.Lease is null ? 0 : 1;
            Settle(shape);
        }
        else if (shape.Head == handle)
        {
            HeadChanged(shape);
        }
    }

    public void Dequeue(int handle)
    {
        ShapeQueue shape = Of(handle);
        bool wasHead = shape.Head == handle;
        if (shape.Count == 1)
        {
            Lift(shape);
            shape.Remove(handle);
            shape.Ticket = 0;
            shape.SleepsSince = null;
            active[shape.ActiveIndex] = active[^1];
            active[shape.ActiveIndex].ActiveIndex = shape.ActiveIndex;
            active.RemoveAt(active.Count - 1);
            ReadyLeases -= shape.Shape.Lease is null ? 0 : 1;
            shape.ActiveIndex = -1;
            return;
        }

        shape.Remove(handle);
        if (wasHead)
        {
            HeadChanged(shape);
        }
    }

    /// <summary>Puts a shape to sleep at a lock.</summary>
    public void Sleep(ShapeQueue shape, int lockId)
    {
        Lift(shape);
        shape.Place = ShapePlace.Lock;
        locks.Sleep(shape, lockId, order.Tasks.Priority[shape.Head]);
    }

    /// <summary>Takes a shape from wherever it waits and puts it where it belongs now: held by its class or among the candidates.</summary>
    public void Settle(ShapeQueue shape)
    {
        if (shape.Count == 0)
        {
            return;
        }

        Lift(shape);
        if (shape.Class.Breaker.IsHolding)
        {
            shape.Place = ShapePlace.Breaker;
        }
        else if (shape.Class.IsFull)
        {
            shape.Place = ShapePlace.Width;
        }
        else
        {
            shape.Place = ShapePlace.Candidate;
            Join(shape);
        }
    }

    /// <summary>Gives a shape another footprint, and what follows from it.</summary>
    public static void Resize(ShapeQueue shape, in Footprint footprint, in CandidateKey key)
    {
        if (shape.Footprint == footprint && shape.Key == key)
        {
            return;
        }

        bool indexed = shape.Place == ShapePlace.Candidate;
        if (indexed)
        {
            shape.Run.Candidates.Remove(shape);
        }

        shape.Footprint = footprint;
        shape.Key = key;
        if (indexed)
        {
            shape.Run.Candidates.Add(shape);
        }
    }

    private void HeadChanged(ShapeQueue shape)
    {
        if (shape.Place == ShapePlace.Candidate)
        {
            shape.Run.Candidates.Refresh(shape);
        }
        else if (shape.Place == ShapePlace.Lock)
        {
            Sleep(shape, shape.SleepsAt);
        }
    }

    private void Lift(ShapeQueue shape)
    {
        if (shape.Place == ShapePlace.Candidate)
        {
            Leave(shape);
        }
        else if (shape.Place == ShapePlace.Lock)
        {
            locks.Remove(shape);
        }

        shape.Place = ShapePlace.Idle;
    }

    private void Join(ShapeQueue shape)
    {
        RunQueue run = shape.Run;
        run.Candidates.Add(shape);
        if (run.ActiveIndex < 0)
        {
            run.ActiveIndex = competing.Count;
            competing.Add(run);
        }
    }

    private void Leave(ShapeQueue shape)
    {
        RunQueue run = shape.Run;
        run.Candidates.Remove(shape);
        if (run.Candidates.IsEmpty)
        {
            competing[run.ActiveIndex] = competing[^1];
            competing[run.ActiveIndex].ActiveIndex = run.ActiveIndex;
            competing.RemoveAt(competing.Count - 1);
            run.ActiveIndex = -1;
            run.WaitsSince = null;
        }
    }
}
