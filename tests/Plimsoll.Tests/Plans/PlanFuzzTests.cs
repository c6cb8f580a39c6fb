using System.Text;
using Plimsoll.Plans;
using Plimsoll.Plans.Configuration;
using Plimsoll.Plans.Rendering;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Plans;

public sealed class PlanFuzzTests
{
    private const string Alphabet = "{}[]()<>:,-&*!|'\"#%@`\\ \n\t\0abcxyz0189=$;~?./_\u00e9\ud83d";

    [Fact]
    public void No_text_ever_throws_and_every_compiled_plan_can_be_rendered()
    {
        string seedPlan = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "examples", "quickstart.yaml"));
        int compiled = 0;
        for (int seed = 0; seed < TestLevel.Count(500, 5_000, 200_000); seed++)
        {
            Random random = new(seed);
            string text = (seed % 3) switch
            {
                0 => Noise(random),
                _ => Mutate(seedPlan, random),
            };
            CompileResult result = PlanCompiler.Compile(new PlanSource("fuzz", text, (PlanFormat)(seed % 7 == 0 ? random.Next(3) : 0)), PlimsollConfiguration.Default);
            Assert.True(result.Plan is not null || result.Diagnostics.Length > 0, $"seed {seed}: refused without a reason");
            if (result.Plan is { } plan)
            {
                compiled++;
                TaskRenderer renderer = TaskRenderer.Create(plan.Document, PlanText.Executable);
                for (int i = 0; i < plan.Block.Count; i++)
                {
                    renderer.Render(i, "t", new PlanText.FakeValues());
                    renderer.EvaluateCondition(i, "t", new PlanText.FakeValues());
                    Assert.NotEqual("", renderer.Describe(i, "t"));
                }
            }
        }

        Assert.True(compiled > 0, "the mutations are too wild to reach the renderer");
    }

    private static string Noise(Random random)
    {
        StringBuilder builder = new(random.Next(2) == 0 ? "tasks:\n  a: " : "");
        for (int i = random.Next(200); i > 0; i--)
        {
            builder.Append(Alphabet[random.Next(Alphabet.Length)]);
        }

        return builder.ToString();
    }

    private static string Mutate(string text, Random random)
    {
        StringBuilder builder = new(text);
        for (int i = random.Next(1, 6); i > 0; i--)
        {
            int at = random.Next(builder.Length);
            switch (random.Next(4))
            {
                case 0:
                    builder.Remove(at, Math.Min(random.Next(1, 12), builder.Length - at));
                    break;
                case 1:
                    builder.Insert(at, Alphabet[random.Next(Alphabet.Length)]);
                    break;
                case 2:
                    builder[at] = Alphabet[random.Next(Alphabet.Length)];
                    break;
                default:
                    int from = random.Next(text.Length);
                    builder.Insert(at, text.AsSpan(from, Math.Min(random.Next(1, 60), text.Length - from)));
                    break;
            }
        }

        return builder.ToString();
    }
}
