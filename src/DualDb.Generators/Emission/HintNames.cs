using System;
using System.Collections.Generic;
using System.Text;
using DualDb.Generators.Model;

namespace DualDb.Generators.Emission;

/// <summary>
/// The names of generated files. Two that differ only in case end all output of the generator (CS8785), so types whose names do
/// get a hash of their exact name.
/// </summary>
internal static class HintNames
{
    public const string Root = "";
    public const string Joins = ".Joins";
    public const string Projection = ".Projection";
    public const string Registration = ".Registration";
    public const string Event = ".Event";
    public const string Events = ".Events";
    public const string EventRegistration = ".Events.Registration";
    public const string Saga = ".Saga";
    public const string Sagas = ".Sagas";
    public const string SagaRegistration = ".Sagas.Registration";
    public const string Sync = ".Sync";
    public const string SyncRegistration = ".Sync.Registration";
    public const string Reads = ".Reads";
    public const string Schema = ".Schema";
    public const string Text = ".ToString";

    /// <summary>The file of a type, before collisions are known.</summary>
    public static string Base(TypeSpec type)
    {
        var name = new StringBuilder();
        foreach (var c in type.FullName.Substring("global::".Length))
        {
            if (c != '@')
            {
                // Roslyn accepts letters, digits and few signs; identifiers may hold more.
                name.Append(char.IsLetterOrDigit(c) || c is '.' or '_' ? c : '-');
            }
        }

        return name.ToString();
    }

    /// <summary>The names, in upper case, that more than one type would get.</summary>
    public static EquatableArray<string> Collisions(params IReadOnlyList<string>[] names)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var twice = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var list in names)
        {
            foreach (var name in list)
            {
                if (!seen.Add(name))
                {
                    twice.Add(name.ToUpperInvariant());
                }
            }
        }

        return new List<string>(twice).ToEquatableArray();
    }

    /// <summary>The file of a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="collisions">The names that are not unique.</param>
    /// <param name="suffix">Follows the name, where a type has several files.</param>
    public static string Of(TypeSpec type, EquatableArray<string> collisions, string suffix = "")
    {
        var name = Base(type);
        var upper = name.ToUpperInvariant();
        foreach (var collision in collisions)
        {
            if (collision == upper)
            {
                return name + "." + StableHash.Of(type.FullName) + suffix + ".g.cs";
            }
        }

        return name + suffix + ".g.cs";
    }
}
