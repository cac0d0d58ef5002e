using System;
using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Parsing;

/// <summary>Which sagas a root gets.</summary>
internal static class SagaPlan
{
    /// <summary>The sagas of a root; null where there are none, or the root uses the name of the property for something else.</summary>
    public static RootSagasSpec? Of(RootFilesSpec files, IReadOnlyList<SagaEntrySpec> sagas)
    {
        var root = files.Root;
        var own = Of(root, sagas);
        if (own.Count == 0)
        {
            return null;
        }

        var field = "_sagas";
        while (Uses(root, field))
        {
            field = "_" + field;
        }

        return new RootSagasSpec(root.Type, field, files.Registration, own.ToEquatableArray());
    }

    /// <summary>The events that sagas of a root wait for, each with the handler that hands it to them.</summary>
    public static List<HandlerSpec> Handlers(RootSpec root, IReadOnlyList<SagaEntrySpec> sagas)
    {
        var events = new SortedDictionary<string, HandledEventSpec>(StringComparer.Ordinal);
        foreach (var saga in Of(root, sagas))
        {
            foreach (var awaited in saga.Events)
            {
                events[awaited.Event.Type] = awaited;
            }
        }

        var handlers = new List<HandlerSpec>();
        foreach (var awaited in events.Values)
        {
            var options = new HandlerOptionsSpec(
                "sagas", Target: null, MaxAttempts: null, RetryDelayMilliseconds: null, MaxRetryDelaySeconds: null, TimeoutSeconds: null, MaxConcurrency: null, BatchSize: null);
            handlers.Add(new HandlerSpec(
                $"global::DualDb.Consistency.Sagas.SagaEventHandler<{root.Type.FullName}, {awaited.Event.Type}>", options, new List<HandledEventSpec> { awaited }.ToEquatableArray()));
        }

        return handlers;
    }

    private static List<SagaEntrySpec> Of(RootSpec root, IReadOnlyList<SagaEntrySpec> sagas)
    {
        var own = new List<SagaEntrySpec>();
        if (root.Level != EmissionLevel.Full || Uses(root, SagaNames.RootProperty))
        {
            return own;
        }

        var properties = new HashSet<string>(StringComparer.Ordinal);
        var sorted = new List<SagaEntrySpec>(sagas);
        sorted.Sort(static (left, right) => string.CompareOrdinal(left.Type, right.Type));
        foreach (var saga in sorted)
        {
            if (Fits(root, saga) && properties.Add(saga.Property))
            {
                own.Add(saga);
            }
        }

        own.Sort(static (left, right) => string.CompareOrdinal(left.Property, right.Property));
        return own;
    }

    // A saga that asks for another root is that one's.
    private static bool Fits(RootSpec root, SagaEntrySpec saga)
    {
        foreach (var argument in saga.Arguments)
        {
            if ((argument.Kind == SagaArgumentKind.Root && argument.Type != root.Type.FullName)
                || (argument.Kind == SagaArgumentKind.Unknown && argument.Type != root.Type.Name && argument.Type != "I" + root.Type.Name))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Uses(RootSpec root, string name)
    {
        foreach (var member in root.MemberNames)
        {
            if (member == name)
            {
                return true;
            }
        }

        return false;
    }
}
