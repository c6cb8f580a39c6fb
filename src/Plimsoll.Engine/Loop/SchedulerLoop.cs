using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Plimsoll.Core;
using Plimsoll.Core.Effects;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;

namespace Plimsoll.Engine.Loop;

/// <summary>The one loop: inputs, decision, journal, effects.</summary>
/// <remarks>
/// Turns go on while a batch commits; their facts gather into the next batch, so commits group themselves under load. Effects that create
/// or acknowledge work are released by the commit of their facts; kills are performed at once. When the journal fails, the same batch is
/// tried again and nothing gated happens meanwhile, but running work can still be ended.
/// </remarks>
public sealed class SchedulerLoop
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LateStart = TimeSpan.FromMilliseconds(50); // later than that, it matters to a timeout

    private readonly Kernel kernel;
    private readonly LoopPorts ports;
    private readonly InputQueue inputs;
    private readonly KernelClock clock;
    private readonly Func<KernelClock, bool> isDone;

    // Owned by the loop's thread.
    private PendingTurns gathering = new();
    private PendingTurns committing = new();
    private Task<AppendResult>? commit;
    private DateTimeOffset? retryAt;
    private DateTimeOffset? wakeAt;
    private bool troubled;

    /// <param name="isDone">Asked after each turn with nothing left to commit; true ends the loop.</param>
    public SchedulerLoop(Kernel kernel, LoopPorts ports, InputQueue inputs, KernelClock clock, Func<KernelClock, bool> isDone)
    {
        this.kernel = kernel;
        this.ports = ports;
        this.inputs = inputs;
        this.clock = clock;
        this.isDone = isDone;
    }

    /// <summary>Runs until done or cancelled; call it on a thread of its own.</summary>
    /// <exception cref="JournalException">The journal can never take the facts (corrupt, or taken over by another writer).</exception>
    public void Run(CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration wake = cancellationToken.Register(inputs.Wake);
        try
        {
            Turns(cancellationToken);
        }
        finally
        {
            ports.Calls.Close(kernel, clock.Now);
        }
    }

    private void Turns(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var timer = new PhaseTimer(clock);
            bool worked = Decide();
            timer.End("decide");
            worked |= Settle();
            timer.End("settle");
            Submit(cancellationToken);
            timer.End("submit");
            worked |= Settle();
            timer.End("settle");
            ports.Calls.Answer(kernel, clock.Now);
            timer.End("answer");
            if (!worked && commit is null && gathering.IsEmpty && isDone(clock))
            {
                return;
            }

            if (!worked)
            {
                inputs.Wait(Earliest(wakeAt, retryAt) - clock.Now);
            }
        }
    }

    private bool Decide()
    {
        List<Input> batch = inputs.Take();
        DateTimeOffset now = clock.Now;
        if (batch.Count == 0 && !(wakeAt <= now))
        {
            return false;
        }

        if (wakeAt <= now && Held([.. committing.Starts, .. gathering.Starts]) is { } held)
        {
            batch.Add(held); // a timeout may be due
        }

        Turn turn = kernel.Apply(CollectionsMarshal.AsSpan(batch), now);
        wakeAt = turn.WakeAt;
        if (turn.Guard is { } guard)
        {
            ports.Guard(guard);
        }

        gathering.Add(turn, now);
        foreach (Effect effect in turn.Effects)
        {
            if (!effect.Gated)
            {
                Perform(effect);
            }
        }

        return true;
    }

    /// <summary>Takes the answer of a finished commit: releases its effects, or arranges for another try.</summary>
    private bool Settle()
    {
        if (commit is not { IsCompleted: true } finished)
        {
            return false;
        }

        commit = null;
        if (finished.IsFaulted)
        {
            Exception error = finished.Exception.InnerException ?? finished.Exception;
            if (error is not JournalException { Retryable: true })
            {
                throw error as JournalException
                    ?? new JournalException($"The journal failed: {error.Message}", retryable: false, error);
            }

            Report(error.Message);
            retryAt = clock.Now + RetryDelay;
            return true;
        }

        if (finished.Result == AppendResult.Fenced)
        {
            throw new JournalException("Another plimsoll has taken over this journal; this one stops without touching its tasks.", false);
        }

        Report(null);
        Release();
        return true;
    }

    private void Release()
    {
        foreach (IFactObserver observer in ports.Observers)
        {
            observer.Observe(committing.Facts);
        }

        if (clock.Now - committing.Since > LateStart && Held([.. committing.Starts]) is { } held)
        {
            inputs.Post(held);
        }

        foreach (Effect effect in committing.Gated)
        {
            Perform(effect);
        }

        committing.Clear();
    }

    private void Submit(CancellationToken cancellationToken)
    {
        if (commit is not null || (retryAt is { } due && due > clock.Now))
        {
            return;
        }

        retryAt = null;
        if (committing.Facts.Count == 0)
        {
            if (gathering.IsEmpty)
            {
                return;
            }

            (committing, gathering) = (gathering, committing);
            if (committing.Facts.Count == 0)
            {
                Release();
                inputs.Wake();
                return;
            }
        }

        var batch = new FactBatch(ports.Journal.Epoch, ports.Journal.Sequence + 1, committing.Facts, committing.Acknowledges);
        commit = ports.Journal.AppendAsync(batch, cancellationToken).AsTask();
        if (!commit.IsCompleted)
        {
            _ = commit.ContinueWith(
                static (_, queue) => ((InputQueue)queue!).Wake(),
                inputs,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }
    }

    private void Perform(Effect effect)
    {
        switch (effect)
        {
            case StartAttempt start:
                ports.Executor.Start(start);
                break;
            case KillAttempt kill when gathering.Withdraw(kill.Attempt) || committing.Withdraw(kill.Attempt):
                inputs.Post(new AttemptEnded(kill.Attempt, ExitReport.NotStarted("ended before it began")));
                break;
            case KillAttempt kill:
                ports.Executor.Kill(kill);
                break;
            case EvaluateCondition condition:
                inputs.Post(ports.Conditions.Evaluate(condition.Task));
                break;
            default:
                throw new InvalidOperationException($"The kernel asked for an unknown effect: {effect.GetType().Name}.");
        }
    }

    private void Report(string? trouble)
    {
        if (trouble is not null != troubled)
        {
            troubled = trouble is not null;
            ports.JournalTrouble(trouble);
        }
    }

    private static StartsHeld? Held(ImmutableArray<AttemptId> attempts) => attempts.IsEmpty ? null : new StartsHeld(attempts);

    private static DateTimeOffset? Earliest(DateTimeOffset? left, DateTimeOffset? right) =>
        left is null ? right : right is null || left < right ? left : right;
}
