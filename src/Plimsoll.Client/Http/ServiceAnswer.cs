using System.Diagnostics.CodeAnalysis;
using Plimsoll.Client.Services;

namespace Plimsoll.Client.Http;

/// <summary>What a service answered: a value, or the problem that kept it from carrying out the request.</summary>
public readonly struct ServiceAnswer<T>
{
    private readonly T? _value;

    private ServiceAnswer(T? value, ProblemView? problem)
    {
        _value = value;
        Problem = problem;
    }

    /// <summary>Null when there is a value. Its status is that of HTTP, or 0 when no answer came.</summary>
    public ProblemView? Problem { get; }

    public static implicit operator ServiceAnswer<T>(T value) => new(value, null);

    public static implicit operator ServiceAnswer<T>(ProblemView problem) => new(default, problem);

    /// <summary>The value, or the problem.</summary>
    public bool TryGet([MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out ProblemView? problem)
    {
        value = _value;
        problem = Problem;
        return problem is null;
    }
}
