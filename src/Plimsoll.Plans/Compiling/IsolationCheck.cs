using Plimsoll.Plans.Diagnostics;
using Plimsoll.Plans.Tasks;

namespace Plimsoll.Plans.Compiling;

/// <summary>An image and a container need each other.</summary>
internal static class IsolationCheck
{
    private const string Container = "container";

    /// <summary>The kind as written; an image alone means a container.</summary>
    public static string? KindOf(TaskSettings settings) =>
        settings.Image is not null && settings.Isolation is null or "auto" ? Container : settings.Isolation;

    public static void Check(TaskSettings settings, DiagnosticBag diagnostics)
    {
        if (settings is { Isolation: Container, Image: null, IsolationAt: { } at })
        {
            diagnostics.Error(at, $"task {settings.Id} is to run in a container, and no image says which", "Add image: NAME, or take isolation: auto.");
        }
        else if (settings is { Image: not null, ImageAt: { } imageAt } && KindOf(settings) != Container)
        {
            diagnostics.Error(imageAt, $"task {settings.Id} has an image and isolation: {settings.Isolation}", "Take isolation: container, or remove image:.");
        }
    }
}
