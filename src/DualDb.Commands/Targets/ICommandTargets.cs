using System.CommandLine;
using DualDb.Commands.Output;
using DualDb.Diagnostics;

namespace DualDb.Commands.Targets;

/// <summary>Finds what a command works on, and adds the options that say where that is.</summary>
internal interface ICommandTargets
{
    /// <summary>Adds commands and options that only make sense for targets of this kind.</summary>
    /// <param name="root">The whole.</param>
    void Extend(RootCommand root);

    /// <summary>The target of a command line; nothing connects yet.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="redaction">Is told of every secret.</param>
    /// <exception cref="UsageException">It does not say where the databases are.</exception>
    ICommandTarget Open(ParseResult parse, Redaction redaction);
}
