using System.CommandLine;
using System.Text.RegularExpressions;
using DualDb.Commands.Frame;
using DualDb.Commands.Targets;
using DualDb.Diagnostics;

namespace DualDb.Docs.Tests;

/// <summary>Commands that messages, guides and alert rules tell people to run.</summary>
public sealed partial class CommandNameTests
{
    /// <summary>Words behind the tool's name where a sentence goes on.</summary>
    private static readonly HashSet<string> Prose = new(["to", "the", "of", "and", "command", "dualdb", "in", "is", "for", "with", "on", "as", "or", "tool"], StringComparer.Ordinal);

    private static readonly Command Root = CommandLine.Build(new NoTargets());

    [Fact]
    public void Every_command_that_is_named_is_there()
    {
        var named = Texts().SelectMany(static path => Named().Matches(File.ReadAllText(path)).Select(match => (Path: path, Words: match.Value))).ToList();
        var missing = named.Where(static one => !IsThere(one.Words)).Select(static one => $"{Path.GetRelativePath(Documents.Root, one.Path)}: {one.Words}").ToList();

        Assert.True(named.Count > 100, $"{named.Count} were found");
        Assert.True(missing.Count == 0, string.Join(Environment.NewLine, missing));
    }

    [Theory]
    [InlineData("dualdb migrations status", true)]
    [InlineData("dualdb migrate status", false)]
    [InlineData("dualdb migrations drift", false)]
    [InlineData("dualdb sync", true)]
    [InlineData("dualdb init src", true)]
    public void What_is_no_command_is_found(string words, bool expected) => Assert.Equal(expected, IsThere(words));

    // Behind a command without commands of its own stands what it works on.
    private static bool IsThere(string words)
    {
        var said = words.Split(' ')[1..];
        if (Prose.Contains(said[0]))
        {
            return true;
        }

        return Root.Subcommands.FirstOrDefault(command => string.Equals(command.Name, said[0], StringComparison.Ordinal)) is { } found
            && (said.Length < 2 || found.Subcommands.Count == 0 || Prose.Contains(said[1]) || found.Subcommands.Any(command => string.Equals(command.Name, said[1], StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Texts()
        => new[] { ("src", "*.cs"), ("docs", "*.md"), ("docs", "*.yml") }
            .SelectMany(static place => Directory.EnumerateFiles(Path.Combine(Documents.Root, place.Item1), place.Item2, SearchOption.AllDirectories))
            .Where(static path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && !path.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Append(Documents.PathOf("README.md"));

    [GeneratedRegex(@"(?<![\w./\\-])dualdb [a-z][a-z-]*( [a-z][a-z-]*)?", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Named();

    /// <summary>Commands are looked at, and none is run.</summary>
    private sealed class NoTargets : ICommandTargets
    {
        public void Extend(RootCommand root)
        {
        }

        public ICommandTarget Open(ParseResult parse, Redaction redaction) => throw new NotSupportedException();
    }
}
