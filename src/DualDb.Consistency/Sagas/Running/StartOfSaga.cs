using DualDb.Consistency.Sagas.Journal;

namespace DualDb.Consistency.Sagas.Running;

/// <summary>Starts an instance, once: of several calls in this process one speaks to the journal, and the others wait for what it says.</summary>
internal sealed class StartOfSaga(SagaEngine engine, LocalRuns runs, SagaDefinition definition, string id)
{
    /// <summary>Starts it, or joins the one that has the id.</summary>
    /// <exception cref="SagaInputMismatchException">The id was started with another input.</exception>
    /// <exception cref="SagaRefusedException">The input cannot be stored.</exception>
    public async Task StartAsync(object input, CancellationToken cancellationToken)
    {
        var encoded = EncodedInput.Of(engine, definition, id, input);
        while (true)
        {
            var own = LocalRun.Starting(encoded.Hash);
            var run = runs.Enter(definition.Name, id, own);
            if (ReferenceEquals(run, own))
            {
                if (await BeginAsync(own, encoded, input, cancellationToken).ConfigureAwait(false))
                {
                    return;
                }
            }
            else if (await run.IsStored.WaitAsync(cancellationToken).ConfigureAwait(false))
            {
                if (run.InputHash is { } stored)
                {
                    RequireSame(stored, encoded.Hash);
                    return;
                }

                if (await JoinAsync(encoded.Hash, cancellationToken).ConfigureAwait(false) is not null)
                {
                    return;
                }
            }

            // The call that this one has waited for came to nothing, which says nothing about this one; or the instance has been forgotten just now.
        }
    }

    /// <returns>False where there is no such instance any more.</returns>
    private async Task<bool> BeginAsync(LocalRun own, EncodedInput encoded, object input, CancellationToken cancellationToken)
    {
        var taken = engine.Executor.TryReserve();
        var isRunning = false;
        try
        {
            var askedAt = engine.Time.GetTimestamp();
            if (!await engine.Journal.StartAsync(definition, id, encoded.Json, encoded.Hash, taken, cancellationToken).ConfigureAwait(false))
            {
                if (await JoinAsync(encoded.Hash, cancellationToken).ConfigureAwait(false) is not { } glance)
                {
                    return false;
                }

                // Nobody runs it in this process. It may have been taken in this node's name all the same, in a call whose reply was lost.
                if (taken && glance.DueIn is not null && await engine.Journal.ClaimAsync(definition, id, cancellationToken).ConfigureAwait(false) is { } held)
                {
                    Run(held, knownInput: null);
                }
            }
            else if (taken)
            {
                Run(NewlyHeld(encoded.Json), input);
            }
            else
            {
                engine.Wakeups.WakeIn(TimeSpan.Zero);
            }

            return true;

            void Run(HeldSaga held, object? knownInput)
            {
                isRunning = true;
                own.IsInJournal();
                engine.Executor.Run(definition, held, own, askedAt, knownInput);
            }
        }
        finally
        {
            if (!isRunning)
            {
                runs.Leave(definition.Name, id, own, end: null);
                if (taken)
                {
                    engine.Executor.Unreserve();
                }
            }
        }
    }

    /// <returns>The instance; null where there is none any more.</returns>
    private async Task<SagaGlance?> JoinAsync(string hash, CancellationToken cancellationToken)
    {
        var glance = await engine.Journal.GlanceAsync(definition.Name, id, cancellationToken).ConfigureAwait(false);
        if (glance is not null)
        {
            RequireSame(glance.InputHash, hash);
        }

        return glance;
    }

    private void RequireSame(string stored, string given)
    {
        if (!string.Equals(stored, given, StringComparison.Ordinal))
        {
            throw new SagaInputMismatchException(
                $"The saga '{definition.Name}' of '{id}' was started with another input: its hash is {stored}, and that of the one given now {given}. An id stands for one saga with one input: take another id, or repeat the input of the first call.")
            {
                Saga = definition.Name,
                Id = id,
                StoredInputHash = stored,
                GivenInputHash = given,
            };
        }
    }

    private HeldSaga NewlyHeld(string json) => new(
        definition.Name, id, definition.Hash, definition.Signatures, SagaState.Running, json, FailedStep: null, Error: null, Token: 1, Takeovers: 0, definition.Deadline,
        System.Diagnostics.Activity.Current?.Id, System.Diagnostics.Activity.Current?.TraceStateString);
}
