using Plimsoll.Core.Capacity;

namespace Plimsoll.Core.Admission;

/// <summary>Ready tasks, queued by shape; a shape is a candidate, asleep at a lock or held by its class's breaker.</summary>
internal sealed class ReadyQueues(ReadyOrder order, LockTable locks)
{
    private readonly Dictionary<TaskShape, ShapeQueue> byShape = [];
    private readonly Dictionary<string, ClassState> classes = new(StringComparer.Ordinal);
    private readonly List<ShapeQueue> shapes = [];
    private readonly List<ShapeQueue> active = [];

    public ReadyOrder Order => order;

    public CandidateIndex Candidates { get; } = new(order);

    public IReadOnlyList<ShapeQueue> Shapes => shapes;

    /// <summary>Shapes that have ready tasks, in no particular order.</summary>
    public IReadOnlyList<ShapeQueue> Active => active;

    public IReadOnlyDictionary<string, ClassState> Classes => classes;

    /// <summary>The queue of a shape, made when it is new.</summary>
    public ShapeQueue Find(TaskShape shape)
    {
        if (!byShape.TryGetValue(shape, out ShapeQueue? queue))
        {
            if (!classes.TryGetValue(shape.Class, out ClassState? owner))
            {
                owner = new ClassState(shape.Class);
                classes.Add(shape.Class, owner);
            }

            int[] ids = [.. shape.Locks.Select(claim => locks.Find(claim.Name))];
            queue = new ShapeQueue(shapes.Count, shape, owner, ids, order);
            byShape.Add(shape, queue);
            shapes.Add(queue);
            owner.Shapes.Add(queue);
        }

        return queue;
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
            active[shape.ActiveIndex] = active[^1];
            active[shape.ActiveIndex].ActiveIndex = shape.ActiveIndex;
            active.RemoveAt(active.Count - 1);
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

    /// <summary>Takes a shape from wherever it waits and puts it where it belongs now: with its class's breaker or among the candidates.</summary>
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
            return;
        }

        shape.Place = ShapePlace.Candidate;
        Candidates.Add(shape);
    }

    /// <summary>Gives a shape another need.</summary>
    public void Resize(ShapeQueue shape, long needBytes)
    {
        if (shape.NeedBytes == needBytes)
        {
            return;
        }

        bool indexed = shape.Place == ShapePlace.Candidate;
        if (indexed)
        {
            Candidates.Remove(shape);
        }

        shape.NeedBytes = needBytes;
        if (indexed)
        {
            Candidates.Add(shape);
        }
    }

    private void HeadChanged(ShapeQueue shape)
    {
        if (shape.Place == ShapePlace.Candidate)
        {
            Candidates.Refresh(shape);
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
            Candidates.Remove(shape);
        }
        else if (shape.Place == ShapePlace.Lock)
        {
            locks.Remove(shape);
        }

        shape.Place = ShapePlace.Idle;
    }
}
