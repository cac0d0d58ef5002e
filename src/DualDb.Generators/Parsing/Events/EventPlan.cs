using System;
using System.Collections.Generic;
using DualDb.Generators.Model;

namespace DualDb.Generators.Parsing;

/// <summary>Which events and handlers the registry of a project lists, and what each root gets of it.</summary>
internal static class EventPlan
{
    /// <summary>The events of this project and of those that it references; and its handlers, of events that exist.</summary>
    public static ProjectEventsSpec Of(IReadOnlyList<EventEntrySpec> own, IReadOnlyList<HandlerSpec> handlers)
    {
        var events = new SortedDictionary<string, EventEntrySpec>(StringComparer.Ordinal);
        foreach (var entry in own)
        {
            events[entry.Type] = entry;
        }

        var kept = new List<HandlerSpec>();
        foreach (var handler in handlers)
        {
            // An event of this project that is at fault has no other part, and cannot be listed.
            var handled = new List<HandledEventSpec>();
            foreach (var candidate in handler.Events)
            {
                if (!candidate.IsOwn)
                {
                    events[candidate.Event.Type] = candidate.Event;
                }

                if (events.ContainsKey(candidate.Event.Type))
                {
                    handled.Add(candidate);
                }
            }

            if (handled.Count > 0)
            {
                kept.Add(handler with { Events = handled.ToEquatableArray() });
            }
        }

        kept.Sort(static (left, right) => string.CompareOrdinal(left.Type, right.Type));
        return new ProjectEventsSpec(new List<EventEntrySpec>(events.Values).ToEquatableArray(), kept.ToEquatableArray());
    }

    /// <summary>What a root gets; null where there is nothing to get, or the root uses the name of the property for something else.</summary>
    public static RootEventsSpec? Of(RootFilesSpec files, ProjectEventsSpec events, IReadOnlyList<SagaEntrySpec> sagas)
    {
        if (!(events.Any || WaitForAny(sagas)) || Uses(files.Root, EventNames.RootProperty))
        {
            return null;
        }

        var field = "_events";
        while (Uses(files.Root, field))
        {
            field = "_" + field;
        }

        // What sagas wait for is handed to them by a handler like any other.
        var all = Of(events.Events, Facts.Concat<HandlerSpec>(events.Handlers, SagaPlan.Handlers(files.Root, sagas)));
        return new RootEventsSpec(files.Root.Type, files.Root.Level, field, files.Registration, all.Events, all.Handlers);
    }

    /// <summary>Whether any saga waits for an event.</summary>
    public static bool WaitForAny(IReadOnlyList<SagaEntrySpec> sagas)
    {
        foreach (var saga in sagas)
        {
            if (saga.Events.Count > 0)
            {
                return true;
            }
        }

        return false;
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
