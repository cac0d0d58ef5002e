using System;
using System.Collections.Generic;

namespace DualDb.Generators.Emission;

/// <summary>A method of a generated repository that depends on the model.</summary>
internal sealed class LookupMethod
{
    /// <summary>The method: <c>ListByUserIdAsync</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The field that holds its statement.</summary>
    public required string StatementName { get; init; }

    /// <summary>Its documentation, up to the parameters of its own.</summary>
    public required string Documentation { get; init; }

    public required string ReturnType { get; init; }

    /// <summary>The parameters of its own, as declared.</summary>
    public required string Parameters { get; init; }

    /// <summary>What the statement is asked with.</summary>
    public required string ArgumentType { get; init; }

    /// <summary>The columns that it is compared with, as literals.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    public required string Sql { get; init; }

    /// <summary>The lines that bind <c>argument</c>.</summary>
    public required IReadOnlyList<string> Binding { get; init; }

    /// <summary>The call that runs the statement, given the expression of the transaction.</summary>
    public required Func<string, string> Call { get; init; }

    /// <summary>The call that asks the cache first; null where the method is not cached.</summary>
    public string? CachedCall { get; init; }
}
