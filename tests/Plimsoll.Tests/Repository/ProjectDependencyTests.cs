using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;
using Xunit;

namespace Plimsoll.Tests.Repository;

/// <summary>Guards the dependency table of docs/architecture.md, as declared in the projects and as compiled.</summary>
public sealed class ProjectDependencyTests
{
    private static readonly Dictionary<string, string[]> Allowed = ReadTable();

    [Fact]
    public void Every_project_declares_only_allowed_references()
    {
        string[] projects = [.. RepositoryFiles.All.Where(path => path.StartsWith("src/", StringComparison.Ordinal) && path.EndsWith(".csproj", StringComparison.Ordinal))];
        Assert.NotEmpty(projects);
        Assert.Equal(projects.Select(path => ShortName(Path.GetFileNameWithoutExtension(path))).Order(), Allowed.Keys.Order());
        List<string> wrong = [];
        foreach (string project in projects)
        {
            string name = ShortName(Path.GetFileNameWithoutExtension(project));
            foreach (XElement reference in XDocument.Parse(RepositoryFiles.Read(project)).Descendants("ProjectReference"))
            {
                string target = ShortName(Path.GetFileNameWithoutExtension(((string?)reference.Attribute("Include"))!.Replace('\\', '/')));
                if (!Allowed.TryGetValue(name, out string[]? allowed) || !allowed.Contains(target, StringComparer.Ordinal))
                {
                    wrong.Add($"{name} -> {target}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_assembly_uses_only_allowed_references()
    {
        List<string> wrong = [];
        int seen = 0;
        foreach ((string name, string[] allowed) in Allowed)
        {
            string file = Path.Combine(AppContext.BaseDirectory, name == "Cli" ? "plimsoll.dll" : $"Plimsoll.{name}.dll");
            if (!File.Exists(file))
            {
                continue;
            }

            seen++;
            wrong.AddRange(PlimsollReferences(file).Where(target => !allowed.Contains(target, StringComparer.Ordinal)).Select(target => $"{name} -> {target}"));
        }

        Assert.True(seen >= 5, $"only {seen} assemblies found in {AppContext.BaseDirectory}");
        Assert.Empty(wrong);
    }

    [Fact]
    public void Core_and_Client_use_no_package()
    {
        foreach (string name in (string[])["Core", "Client"])
        {
            XDocument project = XDocument.Parse(RepositoryFiles.Read($"src/Plimsoll.{name}/Plimsoll.{name}.csproj"));
            Assert.Empty(project.Descendants("PackageReference"));
        }
    }

    [Fact]
    public void The_end_to_end_tests_know_only_the_client_and_the_gateway_they_put_real_clients_before()
    {
        XDocument project = XDocument.Parse(RepositoryFiles.Read("tests/Plimsoll.EndToEnd/Plimsoll.EndToEnd.csproj"));
        Assert.Equal(
            ["Plimsoll.Client", "Plimsoll.Core", "Plimsoll.Gateway"],
            project.Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension((string?)reference.Attribute("Include"))));
    }

    [Fact]
    public void Packages_are_pinned_in_one_place()
    {
        IEnumerable<string> pinnedElsewhere = RepositoryFiles.All
            .Where(path => path.EndsWith(".csproj", StringComparison.Ordinal))
            .Where(path => XDocument.Parse(RepositoryFiles.Read(path)).Descendants("PackageReference").Any(package => package.Attribute("Version") is not null));
        Assert.Empty(pinnedElsewhere);
    }

    /// <summary>Rows such as <c>| `Plimsoll.Engine` | does … | Core |</c>.</summary>
    private static Dictionary<string, string[]> ReadTable()
    {
        Dictionary<string, string[]> table = new(StringComparer.Ordinal);
        foreach (string line in RepositoryFiles.Lines("docs/architecture.md").Where(line => line.StartsWith("| `Plimsoll.", StringComparison.Ordinal)))
        {
            string[] cells = line.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            table.Add(ShortName(cells[0].Trim('`')), cells[^1] switch
            {
                "nothing" => [],
                "all of these" => [.. table.Keys],
                _ => cells[^1].Split(", "),
            });
        }

        return table;
    }

    private static List<string> PlimsollReferences(string file)
    {
        using FileStream stream = File.OpenRead(file);
        using PEReader image = new(stream);
        MetadataReader metadata = image.GetMetadataReader();
        return [.. metadata.AssemblyReferences
            .Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))
            .Where(name => name.StartsWith("Plimsoll.", StringComparison.Ordinal))
            .Select(ShortName)];
    }

    private static string ShortName(string assembly) => assembly["Plimsoll.".Length..];
}
