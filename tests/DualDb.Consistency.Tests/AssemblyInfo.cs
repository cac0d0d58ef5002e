// These tests wait for servers more than they compute: with one thread per core both would stand idle.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]
